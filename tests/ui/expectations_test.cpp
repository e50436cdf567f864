// The author's list: each expectation as the run goes.
#include "ui/panels/expectations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/ui/offscreen.h"

namespace gogoscope {
namespace {

using Look = ExpectationsPanel::Look;

int count(const ExpectationsPanel& panel, Look look) {
  return static_cast<int>(std::count_if(panel.rows().begin(), panel.rows().end(),
                                        [&](const ExpectationsPanel::Row& row) { return row.look == look; }));
}

/// The default scenario with a part of its text replaced, as a file of its own.
std::string changed(const std::string& name, const std::string& from, const std::string& to) {
  std::ifstream in(GOGOSCOPE_SOURCE "/scenarios/02-two-exits.yaml");
  std::ostringstream text;
  text << in.rdbuf();
  std::string all = text.str();
  const std::size_t at = all.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  all.replace(at, from.size(), to);
  const std::string path = testing::TempDir() + name + ".yaml";
  std::ofstream(path) << all;
  return path;
}

TEST(Expectations, are_pending_until_their_moment_and_then_met) {
  Offscreen ui;
  const auto& panel = ui.app().panel<ExpectationsPanel>();
  const int all = static_cast<int>(panel.rows().size());
  ASSERT_GT(all, 4);
  EXPECT_EQ(count(panel, Look::pending), all) << "nothing has happened at state 0";
  ui.go(CommandId::run_to, "runtime.goexit0#2");
  const auto& halfway = ui.app().panel<ExpectationsPanel>();
  EXPECT_GT(count(halfway, Look::met), 0);
  EXPECT_GT(count(halfway, Look::pending), 0);
  ui.go(CommandId::go_end);
  EXPECT_EQ(count(ui.app().panel<ExpectationsPanel>(), Look::met), all);
  EXPECT_EQ(ui.app().panel<ExpectationsPanel>().sum(), std::to_string(all) + " met, 0 failed, 0 pending");
}

TEST(Expectations, are_links_to_their_moments) {
  Offscreen ui;
  ui.app().ui().desk.bring_forward(PanelId::expectations);
  ui.frame();
  const std::uint64_t moment = ui.app().panel<ExpectationsPanel>().rows()[0].target.state;
  ASSERT_GT(moment, 0U);
  ASSERT_TRUE(ui.click("expectations.row.0"));
  ui.frame();
  EXPECT_EQ(ui.cursor().position(), moment);
  EXPECT_EQ(ui.app().panel<ExpectationsPanel>().rows()[0].look, Look::met);
}

TEST(Expectations, say_nothing_of_a_run_that_the_user_changed_until_the_change_is_taken_back) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0#2").ok());
  const auto& panel = ui.app().panel<ExpectationsPanel>();
  const int met = count(panel, Look::met);
  const int all = static_cast<int>(panel.rows().size());
  ASSERT_GT(met, 0);
  ASSERT_LT(met, all);
  ASSERT_TRUE(ui.go(CommandId::edit, "r9 = 17").ok());
  ui.go(CommandId::go_end);
  const auto& changed = ui.app().panel<ExpectationsPanel>();
  EXPECT_EQ(count(changed, Look::met), met) << "what was decided before the change still is";
  EXPECT_EQ(count(changed, Look::not_asked), all - met);
  for (const auto& row : changed.rows()) {
    EXPECT_EQ(static_cast<bool>(row.target), row.look == Look::met) << "a moment of another run is no link";
  }
  ASSERT_TRUE(ui.go(CommandId::undo).ok());
  ui.go(CommandId::go_end);
  EXPECT_EQ(count(ui.app().panel<ExpectationsPanel>(), Look::met), all);
}

TEST(Expectations, that_fail_say_why_and_those_that_are_not_reached_are_named) {
  auto opened = open_run(changed("wrong-final", "finally:", "always: ['g1.goid == 2']\nfinally:"));
  ASSERT_EQ(opened.index(), 0U);
  Offscreen ui(std::move(std::get<0>(opened)));
  ui.go(CommandId::go_end);
  const auto& panel = ui.app().panel<ExpectationsPanel>();
  const auto failed = std::find_if(panel.rows().begin(), panel.rows().end(),
                                   [](const auto& row) { return row.look == Look::failed; });
  ASSERT_NE(failed, panel.rows().end());
  EXPECT_EQ(failed->text, "g1.goid == 2");
  EXPECT_NE(failed->why.find("always, but not after"), std::string::npos) << failed->why;
  EXPECT_LT(failed->target.state, ui.session().trace().steps());

  auto unreached = open_run(changed("unreached", "runtime.goexit0#1", "runtime.goexit0#9"));
  ASSERT_EQ(unreached.index(), 0U);
  Offscreen other(std::move(std::get<0>(unreached)));
  other.go(CommandId::go_end);
  const auto& rows = other.app().panel<ExpectationsPanel>().rows();
  EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), [](const auto& row) {
    return row.look == Look::failed &&
           row.why.find("expected to reach runtime.goexit0#9") != std::string::npos;
  }));
}

TEST(Reload, keeps_the_place_and_not_the_number_of_the_step) {
  const std::string path = changed("place", "title:", "title:");
  auto opened = open_run(path);
  ASSERT_EQ(opened.index(), 0U);
  Offscreen ui(std::move(std::get<0>(opened)));
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0#2").ok());
  const std::uint64_t before = ui.cursor().position();
  // One more call before: the same place is at another step.
  changed("place", "TEXT main·worker(SB), NOSPLIT, $0-0\n",
          "TEXT main·worker(SB), NOSPLIT, $0-0\n      MOVQ $1, AX\n");
  ui.app().queue(ActionId::reload);
  ui.frame();
  ui.frame();
  EXPECT_NE(ui.cursor().position(), before);
  EXPECT_EQ(ui.code().symbolize(ui.cursor().state().pc()), "runtime.goexit0");
  Cursor cursor(ui.session().trace());
  int visits = 0;
  for (; cursor.position() <= ui.cursor().position(); cursor.forward()) {
    visits += ui.code().symbolize(cursor.state().pc()) == "runtime.goexit0" ? 1 : 0;
  }
  EXPECT_EQ(visits, 2);
}

}  // namespace
}  // namespace gogoscope
