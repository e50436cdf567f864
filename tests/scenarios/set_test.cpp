// set and ticks: what a scenario changes in the run.
#include <gtest/gtest.h>

#include "emu/layout/describe.h"
#include "tests/scenarios/judged.h"

namespace gogoscope {
namespace {

using testing::contains;
using testing::judged;
using testing::Judged;
using testing::sample_with;

TEST(Runner, poke_changes_the_run) {
  const std::string poke = "set:\n  - {at: runtime.goexit0, field: g2.param, value: 0x1234}\n";
  const std::string at = "at:\n  - place: runtime.goexit0\n    expect: {g2.param: 0x1234}\n";
  const Judged j = judged(sample_with(poke + at + "finally: {g2.param: 0}\n"));
  EXPECT_EQ(j.report, "");
}

TEST(Runner, poke_at_a_place_that_is_never_reached_fails) {
  const Judged j = judged(sample_with("set:\n  - {at: runtime.goexit0#9, field: g2.param, value: 1}\n"));
  EXPECT_TRUE(contains(
      j.report,
      "sample.yaml:12:36: g2.param cannot be set at runtime.goexit0#9: the run ends before it gets there"))
      << j.report;
}

TEST(Runner, pokes_are_carried_out_in_the_order_of_the_run) {
  const std::string late = "  - {at: runtime.gfput, field: g2.param, value: 0x22}\n";
  const std::string early = "  - {at: runtime.goexit0, field: g2.param, value: 0x11}\n";
  const std::string expected =
      "at:\n  - {place: runtime.goexit0, expect: {g2.param: 0x11}}\n"
      "  - {place: runtime.gfput, expect: {g2.param: 0x22}}\n";
  EXPECT_EQ(judged(sample_with("set:\n" + late + early + expected)).report, "");
  EXPECT_EQ(judged(sample_with("set:\n" + early + late + expected)).report, "");
}

TEST(Runner, pokes_of_one_place_are_carried_out_in_the_order_of_the_file) {
  const std::string one = "  - {at: runtime.goexit0, field: g2.param, value: 1}\n";
  const std::string more = "  - {at: runtime.goexit0, field: g2.param, value: g2.param + 1}\n";
  const std::string at = "at:\n  - {place: runtime.goexit0, expect: {g2.param: 2}}\n";
  EXPECT_EQ(judged(sample_with("set:\n" + one + more + at)).report, "");
  EXPECT_EQ(judged(sample_with("set:\n" + more + one + at)).failures, 1U);
}

TEST(Runner, ticks_move_the_clock_on) {
  const auto loaded =
      load_scenario_text("sample.yaml", sample_with("ticks:\n  - {at: runtime.goexit0, clock: 20us}\n"
                                                    "  - {at: runtime.newproc1, clock: 7}\n"));
  ASSERT_EQ(loaded.index(), 0U);
  const ScenarioRun run = run_scenario(std::get<0>(loaded));
  EXPECT_TRUE(run.error.empty()) << run.error.in(Language::en);
  const auto clock = find_field(run.session->guest(), run.session->cursor().state(), "kernel.clock");
  ASSERT_TRUE(clock);
  EXPECT_EQ(run.session->cursor().state().load_or_zero(clock->addr), 20'007U);
  EXPECT_TRUE(judge(std::get<0>(loaded), run).passed());
}

TEST(Runner, tick_at_a_place_that_is_never_reached_fails) {
  const Judged j = judged(sample_with("ticks:\n  - {at: runtime.goexit0#9, clock: 1ms}\n"));
  EXPECT_TRUE(contains(j.report,
                       "sample.yaml:12:36: kernel.clock cannot be set at runtime.goexit0#9: the run ends "
                       "before it gets there"))
      << j.report;
}

}  // namespace
}  // namespace gogoscope
