// The first step that differs, and how a report is written.
#include <gtest/gtest.h>

#include "asm/text/printable.h"
#include "scenarios/run/first_step.h"
#include "tests/scenarios/judged.h"

namespace gogoscope {
namespace {

using testing::contains;
using testing::judged;
using testing::Judged;
using testing::sample_with;

/// What is shown of the first step that differs.
std::string first_step_of(const std::string& sections) {
  const auto loaded = load_scenario_text("sample.yaml", sample_with(sections));
  const LoadedScenario& scenario = std::get<0>(loaded);
  const ScenarioRun run = run_scenario(scenario);
  Verdict verdict = judge(scenario, run);
  show_first_steps(scenario, run, verdict);
  return report(scenario.scenario, verdict);
}

TEST(Runner, a_failure_shows_the_step_that_made_it_so_what_it_changed_and_the_command_to_see_it) {
  const std::string field = first_step_of("finally:\n  g2.atomicstatus: running\n");
  EXPECT_TRUE(contains(field, "    > step 1328, at runtime.casgstatus+0x16, `for i := 0; ")) << field;
  EXPECT_TRUE(contains(field, "          changes g2.atomicstatus: running (2) -> dead (6)\n")) << field;
  EXPECT_TRUE(contains(field, "    to see it: gogoscope sample.yaml --at 1329\n")) << field;
  const std::string tls = first_step_of("at:\n  - place: runtime.goexit0\n    expect: [tls == g2]\n");
  EXPECT_TRUE(contains(tls, "`MOVQ SI, g(CX)` (mcall.s:28)\n          changes m0.tls[0]: ")) << tls;
  const std::string always = first_step_of("always:\n  - p0.gFree.n: 0\n");
  EXPECT_TRUE(contains(always, "changes p0.gFree.n: 0 -> 1\n")) << always;
  const std::string never = first_step_of("never:\n  - status: {g: g2, to: dead}\n");
  EXPECT_TRUE(contains(never, "changes g2.atomicstatus: running (2) -> dead (6)\n")) << never;
}

TEST(Runner, an_event_that_never_comes_shows_what_came_instead_and_where) {
  const std::string said = first_step_of("events:\n  - status: {g: g2, from: running, to: waiting}\n");
  EXPECT_TRUE(contains(said, "\n    instead, by step 1328, at runtime.casgstatus+0x16, ")) << said;
  EXPECT_TRUE(contains(said, "(casgstatus.go:5): g2: running -> dead on m0\n")) << said;
  EXPECT_TRUE(contains(said, "--at 1329\n")) << said;
}

TEST(Runner, event_that_came_too_early_is_shown_where_it_came) {
  const Judged j = judged(sample_with(
      "events:\n  - status: {g: g2, to: dead}\n  - status: {g: g2, from: runnable, to: running}\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, ", but it came too early: step ")) << j.report;
  EXPECT_TRUE(contains(j.report, "\n  > step ")) << j.report;
}

TEST(Runner, event_that_never_comes_shows_the_end_of_the_run) {
  const Judged j = judged(sample_with("events:\n  - status: {g: g1, to: dead}\n"));
  EXPECT_TRUE(contains(j.report, "but it never happens\n")) << j.report;
  EXPECT_TRUE(contains(j.report, ": exit 0\n")) << j.report;
}

TEST(Runner, numbers_of_one_comparison_have_one_base) {
  const Judged j =
      judged(sample_with("finally:\n  g2.stack.hi: 17\n  p0.gFree.n: 0x2f\n  g2.goid: g2.stack.lo\n"));
  EXPECT_TRUE(contains(j.report, "but g2.stack.hi is 0xc000017000 and 17 is 0x11\n")) << j.report;
  EXPECT_TRUE(contains(j.report, "but p0.gFree.n is 1 and 0x2f is 47\n")) << j.report;
  EXPECT_TRUE(contains(j.report, "but g2.goid is 0x2 and g2.stack.lo is 0xc")) << j.report;
}

TEST(Runner, report_shows_line_breaks_of_the_guest_and_no_control_characters) {
  EXPECT_EQ(printable_lines("a\nb\x1b"), "a\nb\uFFFD");
  EXPECT_EQ(on_one_line("a\nb"), "a / b");
}

}  // namespace
}  // namespace gogoscope
