// A sample of a scenario's orders: the same whoever runs it, and each seed that fails replays. Lessons have
// orders of seeds, too, so that no Go is needed here; tests/cli/cases/explore_program_seeds runs a program.
#include "scenarios/suite/explore_seeds.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "scenarios/format/reader.h"
#include "scenarios/run/explore.h"
#include "scenarios/run/runner.h"
#include "tests/scenarios/sample.h"

namespace gogoscope {
namespace {

// Two goroutines add to a word without a lock, on two Ms.
constexpr std::string_view kLostUpdate = R"(title: {en: A lost update, zh: 丢失的更新}
about: {en: No lock., zh: 没有锁。}
procs: 2
budget: 100000
events:
  - status: {g: g9, from: running, to: dead}
at:
  - {place: main.worker#1, expect: ["[main.sum] == 7"]}
bodies: |
  GLOBL main·sum(SB), NOPTR, $8
  GLOBL main·done(SB), NOPTR, $8

  TEXT main·main(SB), $16-0
      GO   main·worker(SB)
      GO   main·worker(SB)
      CALL runtime·Gosched(SB)
  wait:
      CMPQ main·done(SB), $2
      JNE  wait
      RET

  TEXT main·worker(SB), $0-0
      MOVQ $20, CX
  next:
      MOVQ main·sum(SB), AX
      INCQ AX
      MOVQ AX, main·sum(SB)
      DECQ CX
      JNE  next
      LOCK
      INCQ main·done(SB)
      RET
finally:
  "[main.sum]": 40
)";

Scenario lost_update() {
  auto loaded = load_scenario_text("lost.yaml", std::string(kLostUpdate));
  EXPECT_EQ(loaded.index(), 0U) << testing::told(std::get<1>(loaded));
  return std::get<LoadedScenario>(std::move(loaded)).scenario;
}

constexpr std::uint64_t kSeeds = 8;
constexpr SeedSample kTurns{.seeds = kSeeds, .quantum = 20};

SeedsExplored seeds_explored(int jobs, const SuiteWatcher& watcher = {}) {
  SuiteOptions options;
  options.jobs = jobs;
  return explore_seeds(lost_update(), kTurns, options, watcher, Language::en);
}

/// All of it, in one text.
std::string in_full(const SeedsExplored& it) {
  std::string out = fmt::format("{} {} {} {}\n", it.ran, it.broken, it.steps, it.orders);
  for (const SeedsExplored::Outcome& one : it.outcomes) {
    out += fmt::format("{} {} {} {}:", name(one.verdict), one.end.reason, one.end.detail,
                       one.first ? one.first->got : "");
    for (const std::uint64_t seed : one.seeds) out += fmt::format(" {}", seed);
    out += "\n";
  }
  return out;
}

TEST(Seeds, come_to_the_same_for_any_number_of_processes) {
  const SeedsExplored one = seeds_explored(1), three = seeds_explored(3);
  EXPECT_EQ(in_full(one), in_full(three));
  EXPECT_EQ(one.ran, kSeeds);
  EXPECT_GT(one.orders, 1U);
  std::size_t seeds = 0;
  for (const SeedsExplored::Outcome& outcome : one.outcomes) seeds += outcome.seeds.size();
  EXPECT_EQ(seeds, kSeeds);
  ASSERT_TRUE(one.failure && three.failure);
  EXPECT_EQ(one.failure->result, three.failure->result);
}

TEST(Seeds, fail_where_the_same_run_fails_and_only_there) {
  const SeedsExplored explored = seeds_explored(2);
  const std::vector<std::uint64_t> failing = explored.failing();
  ASSERT_FALSE(failing.empty());
  ASSERT_LT(failing.size(), kSeeds) << "some must pass";
  EXPECT_EQ(explored.failure->seed, failing.front());
  std::vector<std::uint64_t> found;
  const Scenario asked = in_any_order(lost_update());  // without what is of one order, which never holds here
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Scenario scenario = asked;
    scenario.turns = turns_of(kTurns, seed);
    const auto loaded = load_scenario(std::move(scenario));
    const auto& it = std::get<LoadedScenario>(loaded);
    const ScenarioRun run = run_scenario(it);
    if (!judge(it, run).passed()) found.push_back(seed);
  }
  EXPECT_EQ(failing, found);
}

TEST(Seeds, that_were_not_run_are_not_counted) {
  SuiteWatcher watcher;
  watcher.enough = [] { return true; };
  const SeedsExplored none = seeds_explored(1, watcher);
  EXPECT_LT(none.ran, kSeeds);
  std::size_t told = 0;
  for (const SeedsExplored::Outcome& outcome : none.outcomes) told += outcome.seeds.size();
  EXPECT_EQ(told, none.ran);
}

/// A scenario of a program that need not be there.
Scenario outline(const std::string& text) {
  PartlyRead read = read_what_can_be_read("race.yaml", text, ReadAs::outline);
  EXPECT_TRUE(read.scenario && read.problems.empty()) << testing::told(read.problems);
  return std::move(*read.scenario);
}

TEST(Seeds, are_saved_in_the_place_of_what_is_of_one_order) {
  const std::string head = "title: {en: A race, zh: 竞争}\nabout: {en: \"-\", zh: \"-\"}\n";
  const std::string rest = "program: {path: race.go, args: [one]}\noutput:\n  stderr: |\n    true\n";
  const Turns turns = turns_of({.quantum = 300}, 7);
  const std::string saved = "# The first seed that fails, as gogoscope explore has found it.\n" + head +
                            "schedule: {seed: 7, quantum: 300}\n" + rest;
  EXPECT_EQ(with_seed(outline(head + rest), turns), saved);
  EXPECT_EQ(
      with_seed(outline(head + "schedule: round-robin\nexact: true\nevents:\n  - exit: {code: 0}\n" + rest +
                        "at:\n  - {place: main.main#1, expect: [\"rax == 1\"]}\nticks:\n  - {at: "
                        "main.main#1, clock: 20us}\n"),
                turns),
      saved);
  // A case of a matrix brings its machine along, but for what a program has not.
  Scenario of_case = outline(head + rest + "matrix: {procs: [3]}\n");
  static_cast<MachineSettings&>(of_case) = of_case.cases.front().machine;
  const std::string text = with_seed(of_case, turns).value_or("");
  EXPECT_NE(text.find("procs: 3\nbudget: 20000000\nschedule: {seed: 7"), std::string::npos) << text;
  EXPECT_EQ(outline(text).procs, 3);
  // Keys that are not at the start of a line cannot be told from others.
  EXPECT_FALSE(with_seed(outline("{title: {en: a, zh: a}, about: {en: a, zh: a}, program: race.go}"), turns));
}

}  // namespace
}  // namespace gogoscope
