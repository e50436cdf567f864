#include "scenarios/run/explore.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>

#include "asm/text/printable.h"
#include "scenarios/results/text.h"
#include "scenarios/run/order_end.h"
#include "scenarios/run/runner.h"
#include "scenarios/verbs/explore_words.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kUsualPreemptions = 2;
constexpr std::uint64_t kUsualMaxStates = 2'000'000;

Text preemptions(int k) {
  return counted(static_cast<std::uint64_t>(k), "preemption", "preemptions", "次抢占");
}

/// What one K has shown, in some lines.
void print_bound(int k, const Explored& bound, Language language) {
  const Message head(
      {"{preemptions}: {states}, {orders} followed to the end{early}",
       "{preemptions}：{states}，{orders}走到底{early}"},
      {{"preemptions", preemptions(k)},
       {"states", counted(bound.states(), "state", "states", "个状态")},
       {"orders", counted(bound.orders, "order", "orders", "个顺序")},
       {"early", bound.complete ? TextView{"", ""} : TextView{"; ended early", "；提前结束"}}});
  std::cout << head.in(language) << "\n";
  for (const Explored::Outcome& outcome : bound.outcomes) {
    const Message line({"  {mark} {n} × {what}", "  {mark} {n} × {what}"},
                       {{"mark", outcome.fails ? "FAIL" : "ok  "},
                        {"n", outcome.keys.size()},
                        {"what", end_sentence(outcome.end)}});
    std::cout << printable(line.in(language)) << "\n";
  }
  std::cout << std::flush;
}

Json explored_json(const Scenario& scenario, const ScenarioExplored& explored) {
  const Explored& last = explored.last();
  Json outcomes = Json::array();
  for (const Explored::Outcome& outcome : last.outcomes) {
    outcomes.push_back({{"verdict", end_verdict(outcome.end)},
                        {"fails", outcome.fails},
                        {"count", outcome.keys.size()},
                        {"detail", end_detail(outcome.end)}});
  }
  Json failure;
  if (const auto& found = last.failure) {
    Json schedule = Json::array();
    for (const Turn& turn : found->order.turns) schedule.push_back(to_string({turn}));
    failure = {{"what", end_sentence(found->end).in(Language::en)},
               {"schedule", std::move(schedule)},
               {"steps", found->order.steps},
               {"preemptions", found->order.preemptions},
               {"shortest", explored.shortest}};
  }
  return {{"version", 1},
          {"scenario", scenario.path},
          {"preemptions", explored.preemptions()},
          {"complete", last.complete},
          {"every_order", last.every_order},
          {"schedules", last.orders},
          {"states", last.states()},
          {"steps", last.steps},
          {"outcomes", std::move(outcomes)},
          {"failure", std::move(failure)}};
}

/// The order, and what is wrong with it in the words of `test`.
void print_failure(const Scenario& asked, const ScenarioExplored& explored, bool saved, Language language) {
  const Order& order = explored.failure()->order;
  std::cout << Message({"the shortest failing order{unsure} has {preemptions} and {steps}:",
                        "最短的失败顺序{unsure}有 {preemptions}、{steps}："},
                       {{"unsure", explored.shortest ? TextView{"", ""}
                                                     : TextView{" that was found", "（目前找到的）"}},
                        {"preemptions", preemptions(order.preemptions)},
                        {"steps", counted(order.steps, "step", "steps", "步")}})
                   .in(language)
            << "\n  clock: explored\n  schedule: [" << to_string(order.turns) << "]\n"
            << std::flush;
  Scenario failing = asked;
  failing.turns.first = order.turns;
  const auto loaded = load_scenario(std::move(failing));
  const auto* const it = std::get_if<LoadedScenario>(&loaded);
  if (it == nullptr) return;
  print_failures(failures_of(it->scenario, judge(*it, run_scenario(*it)), language), saved, language);
}

/// That there is none, and how far that can be relied on.
Message all_is_well(const ScenarioExplored& explored) {
  if (!explored.last().complete) {
    return {{"ended early: this is not complete, an order that fails may be among the rest",
             "提前结束：这并不完整，其余的顺序里可能有失败的"}};
  }
  if (explored.last().every_order) {
    return {{"no order fails, however many preemptions it has", "不论抢占多少次，没有顺序会失败"}};
  }
  return {{"no order with up to {preemptions} fails", "最多 {preemptions}的顺序都不失败"},
          {{"preemptions", preemptions(explored.preemptions())}}};
}

}  // namespace

int explore(const ExploreVerbOptions& options, Language language) {
  const auto read = load_or_complain(options.source, language);
  if (!read) return kBadInput;
  const Scenario& scenario = read->scenario;
  if (const Message why = why_not_explored(scenario); !why.empty()) {
    complain({{"{path}: {why}", "{path}：{why}"}, {{"path", scenario.path}, {"why", why}}}, language);
    return kBadInput;
  }
  if (scenario.program) return explore_program(options, scenario, language);
  if (options.seeds || options.quantum) {
    complain({{"{path}: --seeds and --quantum are for a program; of a lesson every order is tried, up to "
               "--preemptions",
               "{path}：--seeds 和 --quantum 用于程序；课程会尝试不超过 --preemptions 的每一种顺序"},
              {{"path", scenario.path}}},
             language);
    return kBadInput;
  }
  const auto asked = load_scenario(in_any_order(scenario));
  const LoadedScenario& loaded = std::get<0>(asked);  // what was taken away brings no errors
  const bool quiet = options.json == "-" || options.save == "-";

  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  const auto seconds = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
  ExploreLimits limits;
  limits.preemptions = options.preemptions.value_or(kUsualPreemptions);
  limits.max_states = options.max_states.value_or(kUsualMaxStates);
  limits.jobs = options.jobs;
  if (options.seconds > 0) limits.enough = [&] { return seconds() >= options.seconds; };
  std::uint64_t states = 0;
  int k = 0;
  const auto done = explore_orders(loaded, limits, [&](const Explored& bound) {
    if (!quiet) print_bound(k, bound, language);
    ++k;
    states += bound.states();
  });
  const double took = seconds();
  if (const auto* const wrong = std::get_if<Message>(&done)) {
    complain(*wrong, language);
    return kBadInput;
  }
  const auto& explored = std::get<ScenarioExplored>(done);

  bool written = true;
  if (!options.json.empty()) {
    written = write_result(
        options.json,
        explored_json(scenario, explored).dump(2, ' ', false, Json::error_handler_t::replace) + "\n",
        language);
  }
  if (explored.failure() && !options.save.empty()) {
    written =
        save_scenario(options.save, with_order(scenario, explored.failure()->order), language) && written;
  }
  if (!quiet) {
    if (explored.failure()) {
      print_failure(loaded.scenario, explored, !options.save.empty(), language);
    } else {
      std::cout << all_is_well(explored).in(language) << "\n" << std::flush;
    }
    print_speed(counted(states, "state", "states", "个状态"), states, took, language);
  }
  if (!written) return kBadInput;
  return explored.failure() ? kFailed : kOk;
}

}  // namespace gogoscope
