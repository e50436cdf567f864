// Invariants that break, and scenarios that are to break one.
#include <gtest/gtest.h>

#include "tests/scenarios/judged.h"

namespace gogoscope {
namespace {

using testing::contains;
using testing::judged;
using testing::Judged;
using testing::replaced;
using testing::sample_with;

TEST(Runner, an_invariant_that_breaks_is_reported_first_and_not_as_a_run_without_an_end) {
  const Judged j = judged(sample_with(
      "listings:\n  - {function: runtime.goexit0, line: dropg(), with: \"\"}\nfinally: {m0.curg: g1}\n"));
  EXPECT_EQ(j.failures, 2U);
  EXPECT_EQ(j.report.find("sample.yaml:1:1: an invariant broke: step "), 0U) << j.report;
  EXPECT_FALSE(contains(j.report, "budget")) << j.report;
}

// dropg left out of goexit0: m.curg keeps naming the g that has ended.
const char* const kBroken = "listings:\n  - {function: runtime.goexit0, line: dropg(), with: \"\"}\n";

Verdict verdict_of(const std::string& text) {
  const auto loaded = load_scenario_text("sample.yaml", text);
  const LoadedScenario& scenario = std::get<0>(loaded);
  return judge(scenario, run_scenario(scenario));
}

TEST(Runner, a_run_that_breaks_what_it_is_to_break_stops_there_unless_its_end_is_stated) {
  const std::string breaks = std::string(kBroken) + "breaks: {invariant: free-g-has-no-m}\n";
  const Verdict stopped = verdict_of(sample_with(breaks));
  EXPECT_TRUE(stopped.passed());
  const Verdict ended = verdict_of(sample_with(breaks + "finally: {exit: 0}\n"));
  EXPECT_TRUE(ended.passed()) << report({}, ended);
  EXPECT_GT(ended.steps, stopped.steps);
  const Judged wrong = judged(sample_with(breaks + "finally: {exit: 3}\n"));
  EXPECT_EQ(wrong.failures, 1U);
  EXPECT_TRUE(contains(wrong.report, "expected that the run exits with code 3, but it exits with code 0"))
      << wrong.report;
}

TEST(Runner, a_run_that_is_to_go_on_past_a_break_is_judged_by_its_end) {
  const std::string breaks = std::string(kBroken) + "breaks: {invariant: free-g-has-no-m, then: go-on}\n";
  const Verdict whole = verdict_of(sample_with(breaks + "events: [{exit: {code: 0}}]\n"));
  EXPECT_TRUE(whole.passed()) << report({}, whole);
  const Judged stopped =
      judged(sample_with(replaced(breaks, "go-on", "stop") + "events: [{exit: {code: 0}}]\n"));
  EXPECT_TRUE(contains(stopped.report, "expected the event exit {code: 0}, but it never happens"))
      << stopped.report;
  const Judged wrong = judged(sample_with(breaks + "finally: {exit: 3}\n"));
  EXPECT_TRUE(contains(wrong.report, "expected that the run exits with code 3, but it exits with code 0"))
      << wrong.report;
  const Judged other = judged(sample_with(replaced(breaks, "free-g-has-no-m", "sp-in-tls-g")));
  EXPECT_EQ(other.failures, 1U);
  EXPECT_TRUE(contains(other.report, "expected that sp-in-tls-g is the first to break, but step "))
      << other.report;
}

TEST(Runner, a_break_among_the_expected_events_does_not_hide_how_the_run_ends) {
  const std::string events = std::string(kBroken) + "events:\n  - invariant: {}\n";
  EXPECT_EQ(judged(sample_with(events)).report, "");
  const Judged wrong = judged(sample_with(events + "finally: {exit: 3}\n"));
  EXPECT_EQ(wrong.failures, 1U);
  EXPECT_TRUE(contains(wrong.report, "but it exits with code 0")) << wrong.report;
}

}  // namespace
}  // namespace gogoscope
