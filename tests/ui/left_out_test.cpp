// A line of the runtime left out by hand: what broke is seen beside the intact run, and one key leads back.
#include <gtest/gtest.h>

#include "tests/ui/offscreen.h"
#include "ui/link.h"

namespace gogoscope {
namespace {

TEST(LeftOut, by_a_click_on_a_line_it_is_seen_what_broke_beside_the_intact_run_and_one_key_leads_back) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0:\"dropg()\"#1").ok());
  for (int i = 0; i < 4; ++i) ui.frame();
  const std::uint64_t before = ui.cursor().position(), steps = ui.session().trace().steps();
  // The menu of the line that is executed next.
  const Rect current = *ui.app().widgets().find("source.current");
  std::string text;
  for (const auto& [name, rect] : ui.app().widgets().all()) {
    if (name.starts_with("source.text.") && rect.center().y > current.min.y &&
        rect.center().y < current.max.y)
      text = name;
  }
  ASSERT_TRUE(ui.right_click(text)) << text;
  ASSERT_TRUE(ui.click("menu.leave-out"));
  for (int i = 0; i < 4; ++i) ui.frame();
  const Trial* const trial = ui.app().trial();
  ASSERT_NE(trial, nullptr) << ui.app().ui().notice;
  EXPECT_EQ(trial->what, "without dropg() in runtime.goexit0");
  EXPECT_EQ(trial->intact->invariant, "");
  EXPECT_EQ(trial->changed->invariant, "free-g-has-no-m");
  EXPECT_EQ(trial->changed->place, "runtime.gfput+0x34");
  EXPECT_EQ(ui.cursor().position(), trial->changed->state);
  EXPECT_TRUE(ui.app().widgets().find("lesson.back").has_value());
  // It is said that one is at work already.
  ui.app().ui().leave_out = LeftOutLine{"runtime.goexit0", "dropg()"};
  ui.frame();
  EXPECT_TRUE(ui.app().ui().notice_is_error);
  ui.press(ActionId::close);
  EXPECT_EQ(ui.app().trial(), nullptr);
  EXPECT_EQ(ui.cursor().position(), before);
  EXPECT_EQ(ui.session().trace().steps(), steps);
  EXPECT_FALSE(ui.app().widgets().find("lesson.back").has_value());
}

TEST(LeftOut, an_instruction_of_a_listing_by_key_and_page_up_leads_back) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x23#3").ok());
  for (int i = 0; i < 4; ++i) ui.frame();
  const std::uint64_t before = ui.cursor().position();
  ui.press(ActionId::leave_out);
  EXPECT_TRUE(ui.app().ui().notice_is_error);  // nothing was clicked
  ASSERT_TRUE(ui.click("disassembly.row.+0x23"));
  ui.press(ActionId::leave_out);
  for (int i = 0; i < 4; ++i) ui.frame();
  ASSERT_NE(ui.app().trial(), nullptr) << ui.app().ui().notice;
  EXPECT_EQ(ui.app().trial()->changed->invariant, "sp-in-tls-g");
  ui.press(ActionId::backward);
  EXPECT_EQ(ui.app().trial(), nullptr);
  EXPECT_EQ(ui.cursor().position(), before);
}

TEST(LeftOut, a_line_of_a_task_is_not_offered) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "main.main#1").ok());
  for (int i = 0; i < 4; ++i) ui.frame();
  EXPECT_FALSE(line_to_leave_out(ui.app().view(), ui.app().view().pc()).has_value());
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0#1").ok());
  ui.frame();
  EXPECT_TRUE(line_to_leave_out(ui.app().view(), ui.app().view().pc()).has_value());
}

}  // namespace
}  // namespace gogoscope
