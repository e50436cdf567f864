// The scenarios of scenarios/explore/: a runtime that is broken so that the default order does not notice,
// and the order that does.
#include "scenarios/run/explore.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "emu/check/invariant.h"
#include "scenarios/format/cases.h"
#include "scenarios/run/runner.h"
#include "tests/scenarios/sample.h"

namespace gogoscope {
namespace {

const std::string kFolder = GOGOSCOPE_SOURCE "/scenarios/explore/";

LoadedScenario loaded(const std::string& name) {
  auto found = load_scenario(kFolder + name + ".yaml");
  EXPECT_EQ(found.index(), 0U) << name;
  return std::get<LoadedScenario>(std::move(found));
}

/// The scenario as it is explored; with all lines of the runtime right, if `intact`.
LoadedScenario to_explore(const std::string& name, bool intact) {
  Scenario scenario = in_any_order(loaded(name).scenario);
  if (intact) scenario.listings.clear();
  auto found = load_scenario(std::move(scenario));
  EXPECT_EQ(found.index(), 0U) << name;
  return std::get<LoadedScenario>(std::move(found));
}

ScenarioExplored explored(const LoadedScenario& it, int preemptions, unsigned jobs = 1) {
  ExploreLimits limits;
  limits.preemptions = preemptions;
  limits.jobs = jobs;
  auto found = explore_orders(it, limits, [](const Explored&) {});
  EXPECT_EQ(found.index(), 0U);
  return std::get<ScenarioExplored>(std::move(found));
}

/// What the search finds of a broken runtime: how the shortest failing order ends, and how long it is.
struct Found {
  const char* name;
  OrderEnd::Kind kind;
  std::size_t turns;
  std::uint64_t steps;
};
void PrintTo(const Found& found, std::ostream* out) { *out << found.name; }

class BrokenRuntime : public ::testing::TestWithParam<Found> {};

TEST_P(BrokenRuntime, passes_in_the_default_order) {
  const LoadedScenario it = loaded(GetParam().name);
  EXPECT_EQ(report(it.scenario, judge(it, run_scenario(it))), "");
  EXPECT_FALSE(it.scenario.listings.empty());
}

TEST_P(BrokenRuntime, has_an_order_that_fails_and_replays) {
  const ScenarioExplored found = explored(to_explore(GetParam().name, false), 2);
  ASSERT_TRUE(found.failure());
  EXPECT_TRUE(found.shortest);
  const Order& order = found.failure()->order;
  EXPECT_EQ(found.failure()->end.kind, GetParam().kind);
  EXPECT_EQ(order.preemptions, 1);
  EXPECT_EQ(order.turns.size(), GetParam().turns) << to_string(order.turns);
  EXPECT_EQ(order.steps, GetParam().steps);

  const auto text = with_order(loaded(GetParam().name).scenario, order);
  ASSERT_TRUE(text);
  const auto read = load_scenario_text(kFolder + "replayed.yaml", *text);
  ASSERT_EQ(read.index(), 0U) << testing::told(std::get<1>(read));
  const auto& again = std::get<LoadedScenario>(read);
  const ScenarioRun run = run_scenario(again);
  EXPECT_FALSE(judge(again, run).passed());
  // Exactly: the same threads for the same number of steps each, and the same end.
  std::vector<Turn> turns;
  std::uint64_t since = 0;
  const Trace& trace = run.session->trace();
  Cursor at(trace);
  for (; at.position() < order.steps; at.forward()) {
    const Step step = at.next();
    if (step.kind != StepKind::thread) continue;
    if (!turns.empty()) turns.back().steps = static_cast<std::uint32_t>(at.position() - since);
    turns.push_back({step.next_thread, 0, false});
    since = at.position() + 1;
  }
  if (!turns.empty()) turns.back().steps = static_cast<std::uint32_t>(at.position() - since);
  ASSERT_EQ(turns.size(), order.turns.size());
  for (std::size_t i = 0; i < turns.size(); ++i) {
    EXPECT_EQ(turns[i].thread, order.turns[i].thread) << "turn " << i;
    EXPECT_EQ(turns[i].steps, order.turns[i].steps) << "turn " << i;
  }
  switch (GetParam().kind) {
    case OrderEnd::Kind::stopped:
      EXPECT_EQ(trace.steps(), order.steps);
      ASSERT_NE(trace.end(), nullptr);
      EXPECT_EQ(*trace.end(), found.failure()->end.stop);
      break;
    case OrderEnd::Kind::broke: {
      EXPECT_EQ(trace.steps(), order.steps);
      const auto* const broken = run.session->events().back().as<InvariantBreak>();
      ASSERT_NE(broken, nullptr);
      EXPECT_EQ(broken->id, found.failure()->end.invariant);
      break;
    }
    case OrderEnd::Kind::endless:
    case OrderEnd::Kind::budget:
      EXPECT_EQ(trace.end(), nullptr);
      EXPECT_EQ(trace.steps(), again.scenario.budget);
      break;
  }
}

TEST_P(BrokenRuntime, is_the_cause_the_intact_one_fails_in_no_order) {
  const ScenarioExplored found = explored(to_explore(GetParam().name, true), 1);
  EXPECT_FALSE(found.failure()) << to_string(found.failure()->order.turns);
  EXPECT_TRUE(found.last().complete);
  EXPECT_EQ(found.preemptions(), 1);
}

constexpr Found kFound[] = {
    {"second-look", OrderEnd::Kind::endless, 6, 5910},
    {"wakep", OrderEnd::Kind::endless, 3, 3491},
    {"idle-mask", OrderEnd::Kind::endless, 9, 7005},
    {"wakeup-before-sleep", OrderEnd::Kind::endless, 6, 6029},
    {"runqget", OrderEnd::Kind::broke, 4, 3332},
    {"unlock", OrderEnd::Kind::stopped, 6, 5969},
};
// With sanitizers, one of them: the others bring no new code of ours.
#if defined(__SANITIZE_ADDRESS__)
constexpr std::size_t kTried = 1;
#else
constexpr std::size_t kTried = std::size(kFound);
#endif

INSTANTIATE_TEST_SUITE_P(All, BrokenRuntime, ::testing::ValuesIn(kFound, kFound + kTried),
                         [](const auto& one) {
                           std::string name = one.param.name;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(ExploreScenarios, are_all_in_the_table) {
  std::set<std::string> files, named;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    files.insert(entry.path().stem().string());
  }
  for (const Found& found : kFound) named.insert(found.name);
  EXPECT_EQ(files, named);
}

#if !defined(__SANITIZE_ADDRESS__)
TEST(ExploreScenarios, intact_fail_in_no_order_with_two_preemptions) {
  const ScenarioExplored found = explored(to_explore("second-look", true), 2);
  EXPECT_FALSE(found.failure());
  EXPECT_TRUE(found.last().complete);
  EXPECT_EQ(found.preemptions(), 2);
  EXPECT_GT(found.last().states(), 100'000U);
}

TEST(ExploreScenarios, give_the_same_with_several_processes) {
  const LoadedScenario it = to_explore("wakep", false);
  const ScenarioExplored one = explored(it, 1), three = explored(it, 1, 3);
  EXPECT_EQ(one.last().keys, three.last().keys);
  ASSERT_EQ(one.last().outcomes.size(), three.last().outcomes.size());
  for (std::size_t i = 0; i < one.last().outcomes.size(); ++i) {
    EXPECT_EQ(one.last().outcomes[i].keys, three.last().outcomes[i].keys);
  }
  ASSERT_TRUE(one.failure());
  ASSERT_TRUE(three.failure());
  EXPECT_EQ(one.failure()->order.steps, three.failure()->order.steps);
}
#endif

TEST(ExploreOrders, judges_the_end_that_finally_states) {
  // As many threads as there are: the state at the end is the same in any order, and it is not this.
  Scenario scenario = in_any_order(loaded("wakep").scenario);
  scenario.listings.clear();
  scenario.stop.reason = StopReason::deadlock;
  const auto it = load_scenario(std::move(scenario));
  ASSERT_EQ(it.index(), 0U);
  const ScenarioExplored found = explored(std::get<0>(it), 1);
  ASSERT_TRUE(found.failure());
  EXPECT_EQ(found.preemptions(), 0) << "the first K that fails is the last";
  EXPECT_EQ(found.failure()->end.stop.reason, StopReason::exit);
}

TEST(ExploreOrders, refuses_a_scenario_that_sets_fields) {
  const auto it = load_scenario(GOGOSCOPE_SOURCE "/scenarios/25-second-look.yaml");
  ASSERT_EQ(it.index(), 0U);
  EXPECT_FALSE(why_not_explored(std::get<0>(it).scenario).empty());
  EXPECT_TRUE(why_not_explored(loaded("wakep").scenario).empty());
}

TEST(ExploreOrders, replaces_the_schedule_and_what_holds_of_one_order) {
  const std::string text =
      testing::sample_with("schedule: [m0*5,\n  m1*3]\nevents:\n  - exit: {code: 0}\nfinally:\n  exit: 0\n");
  const auto read = load_scenario_text("sample.yaml", text);
  ASSERT_EQ(read.index(), 0U);
  const Order order{{{0, 7, false}, {1, 9, true}}, 20, 1};
  const auto out = with_order(std::get<0>(read).scenario, order);
  ASSERT_TRUE(out);
  EXPECT_NE(out->find("clock: explored\nschedule:\n  [m0*7, expire m1*9]\n"), std::string::npos) << *out;
  EXPECT_EQ(out->find("m0*5"), std::string::npos);
  EXPECT_EQ(out->find("m1*3"), std::string::npos);
  EXPECT_EQ(out->find("events"), std::string::npos);
  EXPECT_NE(out->find("finally:\n  exit: 0\n"), std::string::npos);
  EXPECT_EQ(testing::problems_of(*out), "");

  const auto quoted = load_scenario_text("sample.yaml", testing::sample_with("\"schedule\": [m0*5]\n"));
  ASSERT_EQ(quoted.index(), 0U);
  EXPECT_FALSE(with_order(std::get<0>(quoted).scenario, order));
}

TEST(ExploreOrders, an_order_of_a_case_is_that_case_alone) {
  const auto read = load_scenario_text(
      "sample.yaml",
      testing::sample_with(
          "matrix:\n  procs: [1, 3]\n  schedule: [{seed: 7..8}]\n  heap: [2MB]\nbuild: {race: true}\n"));
  ASSERT_EQ(read.index(), 0U);
  const Scenario& scenario = std::get<0>(read).scenario;
  const Order order{{{0, 7, false}}, 20, 0};
  const auto out = with_order(in_case(scenario, scenario.cases.back()), order);
  ASSERT_TRUE(out);
  const auto again = load_scenario_text("sample.yaml", *out);
  ASSERT_EQ(again.index(), 0U) << *out;
  const Scenario& written = std::get<0>(again).scenario;
  EXPECT_TRUE(written.cases.empty());
  EXPECT_EQ(written.procs, 3);
  EXPECT_EQ(written.heap_bytes, 2U << 20);
  EXPECT_TRUE(written.race);
}

}  // namespace
}  // namespace gogoscope
