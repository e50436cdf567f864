// The cases of a matrix.
#include "scenarios/format/cases.h"

#include <gtest/gtest.h>

#include "scenarios/format/reader.h"
#include "tests/scenarios/judged.h"

namespace gogoscope {
namespace {

using testing::contains;
using testing::kSample;
using testing::sample_with;

std::vector<std::string> case_names(const std::string& matrix) {
  const auto read = read_scenario("sample.yaml", sample_with("matrix: " + matrix + "\n"));
  std::vector<std::string> out;
  if (read.index() == 1) return {testing::told(std::get<1>(read))};
  for (const MatrixCase& one : cases_of(std::get<0>(read))) out.push_back(one.name);
  return out;
}

TEST(Cases, are_each_value_with_each_the_last_section_first) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(case_names("{procs: [1, 3..4], sysmon: [false, true]}"),
            (Names{"procs=1, sysmon=false", "procs=1, sysmon=true", "procs=3, sysmon=false",
                   "procs=3, sysmon=true", "procs=4, sysmon=false", "procs=4, sysmon=true"}));
  EXPECT_EQ(case_names("{schedule: [round-robin, {seed: 1..2, quantum: 8..9}, [m0*5, m1], seed 7]}"),
            (Names{"schedule=round-robin", "seed=1, quantum=8", "seed=1, quantum=9", "seed=2, quantum=8",
                   "seed=2, quantum=9", "schedule=[m0*5, m1]", "schedule=seed 7"}));
  EXPECT_EQ(case_names("{build: [{race: true}, {goos: plan9}]}"), (Names{"race=true", "goos=plan9"}));
  EXPECT_EQ(case_names("{schedule: [{seed: 1..1000}]}").size(), 1000U);
  const auto plain = read_scenario("sample.yaml", std::string(kSample));
  ASSERT_EQ(plain.index(), 0U);
  EXPECT_EQ(cases_of(std::get<0>(plain)).size(), 1U);
  EXPECT_EQ(with_case("x", std::get<0>(plain)), "x");
}

TEST(Cases, run_on_their_own_machine) {
  const auto loaded = load_scenario_text(
      "sample.yaml", sample_with("build: {goos: plan9}\nmatrix: {procs: [1, 2], build: [{race: true}, {race: "
                                 "false}], schedule: [{seed: 7}]}\nfinally: {p1.id: 1}\n"));
  ASSERT_EQ(loaded.index(), 0U) << testing::told(std::get<1>(loaded));
  const Scenario& scenario = std::get<0>(loaded).scenario;
  EXPECT_EQ(scenario.case_name, "procs=1, race=true, seed=7");
  const auto found = find_case(scenario, "[procs=2,race=false, seed=7]");
  ASSERT_EQ(found.index(), 0U);
  const Scenario second = in_case(scenario, std::get<MatrixCase>(found));
  EXPECT_EQ(second.procs, 2);
  EXPECT_FALSE(second.race);
  EXPECT_EQ(second.goos, "plan9");
  EXPECT_EQ(second.turns.seed, 7U);
  const auto as_case = load_scenario(second);
  ASSERT_EQ(as_case.index(), 0U);
  EXPECT_TRUE(judge(std::get<0>(as_case), run_scenario(std::get<0>(as_case))).passed());
  const Verdict first = judge(std::get<0>(loaded), run_scenario(std::get<0>(loaded)));
  EXPECT_TRUE(contains(report(scenario, first), "[procs=1, race=true, seed=7] at the end (state "))
      << "there is no p1";
  const auto near = find_case(scenario, "procs=2, race=false, seed=8");
  ASSERT_EQ(near.index(), 1U);
  EXPECT_EQ(
      std::get<1>(near).in(Language::en),
      "sample.yaml has no case 'procs=2, race=false, seed=8'; did you mean procs=2, race=false, seed=7?");
}

}  // namespace
}  // namespace gogoscope
