// The watch list, locals that no line has set, and the text of a panel.
#include "ui/panels/watch.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/ui/drawn_texts.h"
#include "tests/ui/offscreen.h"
#include "ui/panels/stacks.h"

namespace gogoscope {
namespace {

TEST(Watch, keeps_fields_and_registers_in_sight_with_what_the_step_made_of_them) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0:\"casgstatus(gp, _Grunning, _Gdead)\"#1").ok());
  watch_or_not(ui.app().ui(), "g3.atomicstatus");
  watch_or_not(ui.app().ui(), "rsp");
  watch_or_not(ui.app().ui(), "goexit0.locked");
  EXPECT_TRUE(ui.app().ui().desk.in_front(PanelId::watch));
  ui.frame();
  const auto& rows = ui.app().panel<WatchPanel>().rows();
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].value, "running  (2)");
  EXPECT_TRUE(rows[1].exists);
  EXPECT_TRUE(rows[2].exists);
  ASSERT_TRUE(ui.go(CommandId::next_write, "g3.atomicstatus").ok());
  const auto& after = ui.app().panel<WatchPanel>().rows();
  EXPECT_EQ(after[0].value, "dead  (6)");
  EXPECT_EQ(after[0].was, "running");
  ui.go(CommandId::go_start);
  EXPECT_FALSE(ui.app().panel<WatchPanel>().rows()[2].exists) << "there is no goexit0 at the boot";
  ui.frame();
  ASSERT_TRUE(ui.click("watch.remove.0"));
  ui.frame();
  EXPECT_EQ(ui.app().ui().watched, (std::vector<std::string>{"rsp", "goexit0.locked"}));
}

TEST(Watch, is_in_the_menu_of_a_link) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo#3").ok());
  ui.frame();
  ASSERT_TRUE(ui.right_click("registers.rsp.name"));
  ui.frame();
  ASSERT_TRUE(ui.click("menu.watch"));
  ui.frame();
  EXPECT_EQ(ui.app().ui().watched, (std::vector<std::string>{"rsp"}));
}

TEST(Locals, that_no_line_has_set_are_called_so) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0:\"_g_ := getg()\"#1").ok());
  const auto label = [&](std::string_view name) -> const StackLabel* {
    const StackColumn& column = ui.app().panel<StacksPanel>().system();
    for (const StackCell& word : column.words) {
      if (word.var != nullptr && word.frame == 0 && word.var->name == name) return &column.label(word);
    }
    return nullptr;
  };
  ASSERT_NE(label("_g_"), nullptr);
  EXPECT_EQ(label("_g_")->text, "_g_: not set yet");
  EXPECT_TRUE(label("_g_")->unset);
  ui.go(CommandId::step_line);
  ASSERT_NE(label("_g_"), nullptr);
  EXPECT_FALSE(label("_g_")->unset) << label("_g_")->text;
}

TEST(TextOfAPanel, is_copied_in_lines) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo#3").ok());
  ui.frame();
  ui.app().ui().copy_text = PanelId::registers;
  ui.draw_only();
  const std::string text = ui.app().ui().to_copy;
  EXPECT_FALSE(ui.app().ui().copy_text);
  const std::size_t rip = text.find("rip ");
  ASSERT_NE(rip, std::string::npos) << text;
  EXPECT_NE(text.substr(rip, text.find('\n', rip) - rip).find("runtime.gogo"), std::string::npos) << text;
  EXPECT_LT(rip, text.find("\nrsp "));
}

TEST(Timeline, says_that_a_run_has_ended_and_live_while_it_can_go_on) {
  Offscreen ui;
  const auto shown = [&](std::string_view words) {
    DrawnTexts texts;
    ui.draw_only();
    return std::any_of(texts.all().begin(), texts.all().end(), [&](const DrawnText& text) {
      return text.words == words && panel_of(text, ui.app()) == "timeline";
    });
  };
  ui.frame();
  EXPECT_TRUE(shown("ended"));
  EXPECT_FALSE(shown("live"));
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo#3").ok());
  ASSERT_TRUE(ui.go(CommandId::edit, "rax = 5").ok());
  ui.frame();
  EXPECT_TRUE(shown("live"));
}

}  // namespace
}  // namespace gogoscope
