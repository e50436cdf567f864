// Edits: what the story says of them, how one is begun from a link's menu, and the futures side by side.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/ui/offscreen.h"
#include "ui/panels/futures.h"
#include "ui/panels/registers.h"
#include "ui/panels/story.h"

namespace gogoscope {
namespace {

using imgui_api::Key;

TEST(Edits, the_story_says_what_was_set_and_both_values) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo#3").ok());
  ASSERT_TRUE(ui.go(CommandId::edit, "g2.sched.g = g3").ok());
  EXPECT_NE(ui.app().panel<StoryPanel>().sentence().find("You set g2.sched.g: g2 -> g3."), std::string::npos)
      << ui.app().panel<StoryPanel>().sentence();
  ASSERT_TRUE(ui.go(CommandId::edit, "g2.atomicstatus = 4").ok());
  EXPECT_NE(ui.app().panel<StoryPanel>().sentence().find("g2.atomicstatus: "), std::string::npos);
  EXPECT_NE(ui.app().panel<StoryPanel>().sentence().find("-> waiting."), std::string::npos);
  ASSERT_TRUE(ui.go(CommandId::edit, "rax = 17").ok());
  EXPECT_NE(ui.app().panel<StoryPanel>().sentence().find("You set rax: "), std::string::npos);
  ui.app().ui().language = Language::zh;
  EXPECT_NE(ui.app().panel<StoryPanel>().sentence().find("你设置了 rax"), std::string::npos);
}

TEST(Edits, of_the_scenario_are_not_said_to_be_the_users) {
  Offscreen ui(run_of("49-gfput-bad-status"));
  const auto& edits = ui.session().trace().edits();
  ASSERT_FALSE(edits.empty());
  ui.go(CommandId::run_to, std::to_string(*edits.begin() + 1));
  const std::string sentence = ui.app().panel<StoryPanel>().sentence();
  EXPECT_NE(sentence.find("is set here"), std::string::npos) << sentence;
  EXPECT_EQ(sentence.find("You set"), std::string::npos);
  EXPECT_FALSE(ui.session().execute({CommandId::undo}).ok());
}

TEST(Edits, begin_in_the_menu_of_a_link) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo#3").ok());
  ui.frame();
  ASSERT_TRUE(ui.right_click("registers.rax.name"));
  ui.frame();
  ASSERT_TRUE(ui.click("menu.change"));
  for (int i = 0; i < 3; ++i) ui.frame();
  EXPECT_TRUE(ui.app().ui().palette);
  EXPECT_EQ(ui.app().ui().problem, "") << "the value is what comes next";
  ui.type("7");
  ui.press(Key::enter);
  EXPECT_EQ(ui.cursor().state().reg(Reg::rax), 7U);
  EXPECT_TRUE(ui.cursor().last().by_hand);
}

TEST(Edits, the_menu_of_a_value_changes_the_place_that_holds_it) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo#3").ok());
  const View& view = (ui.frame(), ui.app().view());
  const auto items = [&](const Target& target) { return menu_of(target, view, ui.app().ui()); };
  const auto types = [&](const Target& target) -> std::string {
    for (const MenuItem& item : items(target)) {
      if (item.name == "change") return item.types;
    }
    return "";
  };
  EXPECT_EQ(types(ui.app().panel<RegistersPanel>().row("rsp")->target), "edit rsp = ");
  const auto status = view.names->find_field("g2.atomicstatus");
  EXPECT_EQ(types(target_of_field("g2.atomicstatus", status->addr, status->size)), "edit g2.atomicstatus = ");
  EXPECT_EQ(types(target_of_entity(*view.names->entities().find("g2"))), "edit g2.atomicstatus = ");
  EXPECT_EQ(types(target_of_memory(view.state().sp())).substr(0, 7), "edit 0x");
  EXPECT_EQ(types(target_of_moment(5)), "") << "a moment has no value";
}

TEST(Edits, the_futures_are_side_by_side_and_a_click_makes_one_the_record) {
  Offscreen ui;
  const std::uint64_t whole = ui.session().trace().steps();
  EXPECT_EQ(ui.app().panel<FuturesPanel>().rows().size(), 1U);
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x13#3").ok());
  const std::uint64_t at = ui.cursor().position();
  ui.app().queue({CommandId::edit, Assignment{FieldPath{"g2.sched.g"}, std::string("g3")}});
  ui.frame();
  ui.go(CommandId::run);
  ui.app().ui().desk.bring_forward(PanelId::futures);
  ui.app().queue(Command{CommandId::step});
  ui.frame();
  ui.frame();
  const auto& rows = ui.app().panel<FuturesPanel>().rows();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].begins, "The record: you set g2.sched.g: g2 → g3");
  EXPECT_EQ(rows[1].begins, "Future 1, from state " + std::to_string(at) + ": without that change");
  EXPECT_EQ(rows[1].ends.find(std::to_string(whole) + " steps; the program exited"), 0U) << rows[1].ends;
  EXPECT_EQ(rows[1].differs.find("first difference: "), 0U) << rows[1].differs;
  ASSERT_TRUE(ui.click("futures.row.1"));
  ui.frame();
  EXPECT_EQ(ui.session().trace().steps(), whole);
  EXPECT_EQ(ui.app().panel<FuturesPanel>().rows().size(), 2U);
}

TEST(StepOut, of_a_function_that_never_returns_says_first_where_it_leads) {
  struct Way {
    const char* place;
    const char* why;
  };
  // gogo jumps away; the others call what never comes back.
  for (const auto& [place, why] :
       {Way{"runtime.gogo#3", "runtime.gogo never returns: it jumps into what it has loaded"},
        Way{"runtime.goexit0",
            "runtime.goexit0 never returns: it ends in a call of a function that does not"},
        Way{"runtime.schedule#2", "runtime.schedule never returns: it ends in a call of a function that"}}) {
    Offscreen ui;
    ASSERT_TRUE(ui.go(CommandId::run_to, place).ok());
    const std::uint64_t at = ui.cursor().position();
    ui.frame();
    ui.press(CommandId::step_out);
    EXPECT_EQ(ui.cursor().position(), at) << place;
    const std::string said = ui.app().ui().notice;
    EXPECT_EQ(said.find(why), 0U) << said;
    ui.press(CommandId::step_out);
    EXPECT_GT(ui.cursor().position(), at) << place;
    // It goes where it was said to lead.
    const std::string there = "Step out leads to " + ui.code().symbolize(ui.cursor().state().pc()) +
                              ", state " + std::to_string(ui.cursor().position()) + ";";
    EXPECT_NE(said.find(there), std::string::npos) << said << "\n" << there;
  }
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.casgstatus").ok());
  const std::uint64_t at = ui.cursor().position();
  ui.frame();
  ui.press(CommandId::step_out);
  EXPECT_GT(ui.cursor().position(), at) << "what returns is left at once";
}

TEST(Branches, say_how_they_went) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0:\"if locked {\"#1").ok());
  ui.go(CommandId::step);
  EXPECT_EQ(ui.app().panel<StoryPanel>().outcome().find("No: locked is false"), 0U)
      << ui.app().panel<StoryPanel>().outcome();
  ui.go(CommandId::step);
  ui.go(CommandId::go_start);
  EXPECT_EQ(ui.app().panel<StoryPanel>().outcome(), "");
}

}  // namespace
}  // namespace gogoscope
