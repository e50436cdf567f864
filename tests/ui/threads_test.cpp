// The threads panel: one row an M, with what its thread does; and no turn is offered to the one that has it.
#include "ui/panels/threads.h"

#include <gtest/gtest.h>

#include "tests/ui/offscreen.h"

namespace gogoscope {
namespace {

TEST(Threads, the_only_m_has_one_row_and_moves) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  const auto& panel = ui.app().panel<ThreadsPanel>();
  ASSERT_EQ(panel.rows().size(), 1U);
  const ThreadsPanel::Row& row = panel.rows()[0];
  EXPECT_EQ(row.name, "m0");
  EXPECT_EQ(row.standing, ThreadsPanel::Standing::moving);
  EXPECT_FALSE(row.can_be_chosen);
  ASSERT_GE(row.parts.size(), 3U);
  EXPECT_EQ(row.parts[0].text, "p0");
  EXPECT_EQ(row.parts[1].text, "g3");
  EXPECT_EQ(row.parts[2].text, "g0");
  EXPECT_EQ(row.pc, "runtime.goexit0");
}

TEST(Threads, a_click_on_the_p_shows_its_struct) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  ui.app().ui().desk.bring_forward(PanelId::threads);
  ui.app().ui().desk.bring_forward(PanelId::memory);
  ui.frame();
  ASSERT_TRUE(ui.click("threads.m0.P"));
  EXPECT_TRUE(ui.app().ui().desk.in_front(PanelId::structs));
}

TEST(Threads, the_button_of_a_row_gives_that_m_the_turn) {
  Offscreen ui(run_of("20-second-p"));
  ui.app().ui().desk.bring_forward(PanelId::threads);
  // Both workers run; m1 has just come to its own.
  ASSERT_TRUE(ui.go(CommandId::run_to, "main.worker#2").ok());
  ui.frame();
  const auto& panel = ui.app().panel<ThreadsPanel>();
  ASSERT_EQ(panel.rows().size(), 2U);
  EXPECT_EQ(panel.row("m1")->standing, ThreadsPanel::Standing::moving);
  EXPECT_EQ(panel.row("m0")->standing, ThreadsPanel::Standing::can_move);
  ASSERT_EQ(ui.cursor().state().thread(), 1);
  const std::uint64_t position = ui.cursor().position();
  ASSERT_LT(position, ui.session().trace().steps());
  EXPECT_FALSE(ui.click("threads.turn.m1"));  // it has the turn
  ASSERT_TRUE(ui.click("threads.turn.m0"));
  EXPECT_EQ(ui.cursor().position(), position + 1);
  EXPECT_EQ(ui.session().trace().steps(), position + 1);  // what was recorded after it is gone
  EXPECT_EQ(ui.cursor().state().thread(), 0);
  EXPECT_EQ(panel.row("m0")->standing, ThreadsPanel::Standing::moving);
  EXPECT_TRUE(panel.row("m1")->can_be_chosen);
}

TEST(Threads, a_thread_that_naps_says_when_it_wakes_and_an_ended_run_gives_no_turn) {
  Offscreen ui(run_of("20-second-p"));
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goschedImpl").ok());
  const ThreadsPanel::Row napping = *ui.app().panel<ThreadsPanel>().row("m1");
  EXPECT_EQ(napping.standing, ThreadsPanel::Standing::asleep);
  EXPECT_EQ(napping.sleeps_on, "");
  EXPECT_GT(napping.wakes_in, 0U);
  EXPECT_FALSE(napping.can_be_chosen);
  ASSERT_TRUE(ui.go(CommandId::go_end).ok());
  const ThreadsPanel::Row& last = *ui.app().panel<ThreadsPanel>().row("m1");
  EXPECT_EQ(last.standing, ThreadsPanel::Standing::can_move);
  EXPECT_FALSE(last.can_be_chosen);
}

}  // namespace
}  // namespace gogoscope
