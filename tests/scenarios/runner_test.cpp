// A scenario passes only if what it expects comes true; what is asked of states, and the bounds of a run.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/scenarios/judged.h"

namespace gogoscope {
namespace {

using testing::contains;
using testing::judged;
using testing::Judged;
using testing::kSample;
using testing::sample_with;

TEST(Runner, sample_passes) {
  const Judged j = judged(std::string(kSample));
  EXPECT_EQ(j.failures, 0U);
  EXPECT_EQ(j.report, "");
}

TEST(Runner, false_field_at_the_end_fails_at_its_line) {
  const Judged j = judged(sample_with("finally:\n  g2.atomicstatus: running\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "sample.yaml:12:3: at the end (state ")) << j.report;
  EXPECT_TRUE(contains(j.report, "expected g2.atomicstatus == running, but g2.atomicstatus is dead (6)"))
      << j.report;
}

TEST(Runner, field_and_value_may_be_in_every_list_of_expectations) {
  const std::string at = "at:\n  - place: runtime.goexit0\n    expect:\n      - tls == m0.g0\n";
  EXPECT_EQ(
      judged(sample_with(at + "      - m0.curg: g2\n      - {g2.atomicstatus: running, rsp: rsp}\n")).report,
      "");
  const Judged j = judged(sample_with(at + "      - m0.curg: g1\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "sample.yaml:15:9: at runtime.goexit0 (state ")) << j.report;
  EXPECT_TRUE(contains(j.report, "expected m0.curg == g1, but m0.curg is g2")) << j.report;
}

TEST(Runner, bounds_are_kept_to_the_step_and_the_handoff) {
  const Judged whole = judged(sample_with("within: {steps: 1}\n"));
  EXPECT_EQ(whole.failures, 1U);
  const std::string_view taken = "sample.yaml:11:17: expected at most 1 steps, but the run takes ";
  ASSERT_TRUE(contains(whole.report, taken)) << whole.report;
  const std::size_t steps = std::stoul(whole.report.substr(whole.report.find(taken) + taken.size()));
  EXPECT_EQ(judged(sample_with("within: {steps: " + std::to_string(steps) + "}\n")).report, "");
  EXPECT_EQ(judged(sample_with("within: {steps: " + std::to_string(steps - 1) + "}\n")).failures, 1U);
  EXPECT_EQ(judged(sample_with("within: {handoffs: 3}\n")).report, "") << "main, worker, main";
  const Judged j = judged(sample_with("within: {handoffs: 2}\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report,
                       "sample.yaml:11:20: expected at most 2 handoffs, but the run makes 3; the first too "
                       "many is step "))
      << j.report;
  EXPECT_TRUE(contains(j.report, "at runtime.gogo+0x23, `MOVQ gobuf_sp(BX), SP`")) << j.report;
}

TEST(Runner, two_runs_make_the_same_record) {
  const auto loaded = load_scenario_text("sample.yaml", std::string(kSample));
  ASSERT_EQ(loaded.index(), 0U);
  const ScenarioRun a = run_scenario(std::get<0>(loaded));
  const ScenarioRun b = run_scenario(std::get<0>(loaded));
  EXPECT_EQ(a.session->trace().steps(), b.session->trace().steps());
  EXPECT_EQ(a.session->cursor().state().hash(), b.session->cursor().state().hash());
}

TEST(Runner, every_shipped_scenario_has_expectations_of_each_kind) {
  for (const auto& entry : std::filesystem::directory_iterator(GOGOSCOPE_SOURCE "/scenarios")) {
    if (entry.path().extension() != ".yaml") continue;
    SCOPED_TRACE(entry.path().filename().string());
    const auto loaded = load_scenario(entry.path().string());
    ASSERT_EQ(loaded.index(), 0U) << testing::told(std::get<1>(loaded));
    const Scenario& scenario = std::get<0>(loaded).scenario;
    EXPECT_FALSE(scenario.events.empty());
    EXPECT_FALSE(scenario.finally.empty());
  }
}

}  // namespace
}  // namespace gogoscope
