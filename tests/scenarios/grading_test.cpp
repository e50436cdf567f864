// Points, and what is hidden.
#include <gtest/gtest.h>

#include "tests/scenarios/judged.h"

namespace gogoscope {
namespace {

using testing::kSample;
using testing::replaced;
using testing::sample_with;

/// What a run of the sample with these sections earns: "got/of", then the points of what it loses.
std::string earned(const std::string& text) {
  const auto loaded = load_scenario_text("sample.yaml", text);
  if (loaded.index() == 1) return testing::told(std::get<1>(loaded));
  const LoadedScenario& scenario = std::get<0>(loaded);
  const Verdict verdict = judge(scenario, run_scenario(scenario));
  std::string out = std::to_string(verdict.points.got) + "/" + std::to_string(verdict.points.of);
  const std::vector<Grade>& grades = scenario.scenario.grades.all();
  for (std::size_t i = 0; i < grades.size(); ++i) {
    if (!verdict.earned[i]) out += " -" + std::to_string(grades[i].points);
  }
  return out;
}

constexpr std::string_view kGraded = R"(events:
  - {status: {g: g2, to: running}, points: 1}
  - {status: {g: g2, to: waiting}, points: 2}
  - status: {g: g2, to: dead}
    points: 4
at:
  - place: runtime.goexit0
    points: 8
    expect:
      - {expect: tls == m0.g0, points: 16}
      - {expect: [tls == g1, rsp > 0], points: 32}
      - {g2.atomicstatus: running, m0.curg: g2, points: 64}
always: {p0.gFree.n: 0, points: 128}
never:
  - {thread: {what: ends}, points: 256}
whenever:
  - {place: runtime.gogo, expect: [tls == m0.g0], points: 512}
within: {steps: 3000, points: 1}
finally:
  g2.atomicstatus: dead
  exit: 0
  points: 7
  expect: [{expect: g2.goid > 0, points: 3}]
)";

TEST(Grading, an_expectation_earns_its_points_if_all_of_it_comes_true) {
  EXPECT_EQ(earned(sample_with(kGraded)), "864/1034 -2 -8 -32 -128");
  EXPECT_EQ(earned(std::string(kSample)), "0/0");
}

TEST(Grading, what_is_about_the_whole_run_or_its_end_earns_nothing_where_that_fails) {
  EXPECT_EQ(earned(replaced(sample_with(kGraded), "NOSPLIT, $0-0\n      RET", "NOSPLIT, $0-0\n      UNDEF")),
            "1/1034 -2 -4 -8 -16 -32 -64 -128 -256 -512 -1 -7 -3");
  EXPECT_EQ(earned(replaced(sample_with(kGraded), "exit: 0", "exit: 1")),
            "85/1034 -2 -8 -32 -128 -256 -512 -1 -7 -3");
}

TEST(Grading, a_failure_knows_its_expectation_and_whether_that_is_hidden) {
  const auto loaded = load_scenario_text(
      "sample.yaml", sample_with("at:\n  - place: runtime.goexit0\n    hidden: true\n    expect:\n"
                                 "      - {expect: tls == g1, points: 2}\n      - tls == g2\n"
                                 "finally:\n  m0.id: 5\n  expect:\n    - {m0.id: 6, hidden: true}\n"));
  ASSERT_EQ(loaded.index(), 0U) << testing::told(std::get<1>(loaded));
  const LoadedScenario& scenario = std::get<0>(loaded);
  const Verdict verdict = judge(scenario, run_scenario(scenario));
  ASSERT_EQ(verdict.failures.size(), 4U);
  std::vector<std::pair<int, bool>> found;
  for (const Failure& failure : verdict.failures) found.emplace_back(failure.grade, failure.hidden);
  EXPECT_EQ(found, (std::vector<std::pair<int, bool>>{{1, true}, {0, true}, {-1, false}, {2, true}}));
}

}  // namespace
}  // namespace gogoscope
