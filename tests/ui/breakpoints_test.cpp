// The breakpoints panel: both kinds are listed, lead to their places, and can be removed.
#include "ui/panels/breakpoints.h"

#include <gtest/gtest.h>

#include "tests/ui/offscreen.h"

namespace gogoscope {
namespace {

const BreakpointsPanel& breakpoints(Offscreen& ui) { return ui.app().panel<BreakpointsPanel>(); }

TEST(Breakpoints, both_kinds_are_in_the_list_as_they_were_given) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::go_end).ok());
  ASSERT_TRUE(ui.go(CommandId::toggle_break, "runtime.gogo+0x23").ok());
  ASSERT_TRUE(ui.go(CommandId::toggle_break, "g1.sched.sp").ok());
  const auto& rows = breakpoints(ui).rows();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].text, "runtime.gogo+0x23");
  EXPECT_FALSE(rows[0].on_write);
  EXPECT_EQ(rows[0].target.kind, Target::Kind::code);
  EXPECT_EQ(rows[1].text, "g1.sched.sp");
  EXPECT_TRUE(rows[1].on_write);
  EXPECT_EQ(rows[1].target.kind, Target::Kind::field);
}

TEST(Breakpoints, the_one_that_stops_here_says_so) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::toggle_break, "runtime.gogo+0x23").ok());
  EXPECT_FALSE(breakpoints(ui).rows().at(0).here);
  ASSERT_TRUE(ui.go(CommandId::run).ok());
  EXPECT_TRUE(breakpoints(ui).rows().at(0).here);
  ASSERT_TRUE(ui.go(CommandId::step).ok());
  EXPECT_FALSE(breakpoints(ui).rows().at(0).here);
}

TEST(Breakpoints, the_button_removes_its_own_row) {
  Offscreen ui;
  ui.app().ui().desk.bring_forward(PanelId::breakpoints);
  ASSERT_TRUE(ui.go(CommandId::toggle_break, "runtime.gogo").ok());
  ASSERT_TRUE(ui.go(CommandId::toggle_break, "runtime.mcall").ok());
  ui.frame();
  EXPECT_TRUE(ui.click("breakpoints.remove.0"));
  ASSERT_EQ(breakpoints(ui).rows().size(), 1U);
  EXPECT_EQ(breakpoints(ui).rows()[0].text, "runtime.mcall");
}

}  // namespace
}  // namespace gogoscope
