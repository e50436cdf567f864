#include "scenarios/run/explore.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>

#include "asm/text/output_file.h"
#include "asm/text/printable.h"
#include "scenarios/results/text.h"
#include "scenarios/run/runner.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {
namespace {

using Json = nlohmann::ordered_json;

/// "3 states", "3 个状态".
Text counted(std::uint64_t n, std::string_view one, std::string_view many, std::string_view zh) {
  return {fmt::format("{} {}", n, n == 1 ? one : many), fmt::format("{} {}", n, zh)};
}
Text preemptions(int k) {
  return counted(static_cast<std::uint64_t>(k), "preemption", "preemptions", "次抢占");
}

/// "exits with code 0", "breaks g-in-one-queue".
Message what(const OrderEnd& end) {
  switch (end.kind) {
    case OrderEnd::Kind::broke:
      return {{"breaks {name}", "破坏 {name}"}, {{"name", info(end.invariant).name}}};
    case OrderEnd::Kind::endless:
      return {{"never ends: a thread repeats the same steps, and no other can move",
               "永不结束：一个线程重复同样的步，而别的线程都不能运行"}};
    case OrderEnd::Kind::budget:
      return {{"spends its budget of steps", "耗尽步数预算"}};
    case OrderEnd::Kind::stopped:
      break;
  }
  if (end.stop.reason == StopReason::exit) {
    return {{"exits with code {code}", "以代码 {code} 退出"}, {{"code", end.stop.exit_code}}};
  }
  return {{"stops with a {reason}: {detail}", "因 {reason} 停止：{detail}"},
          {{"reason", name(end.stop.reason)}, {"detail", end.stop.detail}}};
}

std::string_view verdict(const OrderEnd& end) {
  switch (end.kind) {
    case OrderEnd::Kind::broke:
      return "invariant";
    case OrderEnd::Kind::endless:
      return "endless";
    case OrderEnd::Kind::budget:
      return "budget";
    case OrderEnd::Kind::stopped:
      break;
  }
  return name(end.stop.reason);
}

std::string detail(const OrderEnd& end) {
  if (end.kind == OrderEnd::Kind::broke) {
    return fmt::format("{}: {}", info(end.invariant).name, end.detail.en);
  }
  if (end.kind != OrderEnd::Kind::stopped) return what(end).in(Language::en);
  if (end.stop.reason == StopReason::exit) return fmt::format("code {}", end.stop.exit_code);
  return end.stop.detail.en;
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
    const Message line(
        {"  {mark} {n} × {what}", "  {mark} {n} × {what}"},
        {{"mark", outcome.fails ? "FAIL" : "ok  "}, {"n", outcome.keys.size()}, {"what", what(outcome.end)}});
    std::cout << printable(line.in(language)) << "\n";
  }
  std::cout << std::flush;
}

Json explored_json(const Scenario& scenario, const ScenarioExplored& explored) {
  const Explored& last = explored.last();
  Json outcomes = Json::array();
  for (const Explored::Outcome& outcome : last.outcomes) {
    outcomes.push_back({{"verdict", verdict(outcome.end)},
                        {"fails", outcome.fails},
                        {"count", outcome.keys.size()},
                        {"detail", detail(outcome.end)}});
  }
  Json failure;
  if (const auto& found = last.failure) {
    Json schedule = Json::array();
    for (const Turn& turn : found->order.turns) schedule.push_back(to_string({turn}));
    failure = {{"what", what(found->end).in(Language::en)},
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

bool write(const std::string& path, const std::string& text, Language language) {
  if (path == "-") {
    std::cout << text << std::flush;
    return true;
  }
  const Message why = write_file(path, text);
  if (why.empty()) return true;
  complain({{"{path}: this file cannot be written: {why}", "{path}：无法写入这个文件：{why}"},
            {{"path", path}, {"why", why}}},
           language);
  return false;
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
  std::vector<CaseFailure> failures = failures_of(it->scenario, judge(*it, run_scenario(*it)), language);
  // The file that was asked for runs in another order: opened, it would not show this.
  for (CaseFailure& one : failures) one.open.clear();
  std::cerr << failures_text(failures, language);
  if (!saved) {
    std::cerr << Message({"    to see it, write it to a file with --save and open that",
                          "    查看：用 --save 把它写入文件，再打开那个文件"})
                     .in(language)
              << "\n";
  }
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

/// Writes the failing order as a scenario. False, and the reason on stderr, if that cannot be done.
bool save(const std::string& path, const Scenario& scenario, const Order& order, Language language) {
  const auto text = with_order(scenario, order);
  if (text) return write(path, *text, language);
  complain({{"the order cannot be put into this file: write each key at the start of a line",
             "无法把这个顺序写进文件：每个键都要写在行首"}},
           language);
  return false;
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
  const auto asked = load_scenario(in_any_order(scenario));
  const LoadedScenario& loaded = std::get<0>(asked);  // what was taken away brings no errors
  const bool quiet = options.json == "-" || options.save == "-";

  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  const auto seconds = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
  ExploreLimits limits;
  limits.preemptions = options.preemptions;
  limits.max_states = options.max_states;
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
    written =
        write(options.json,
              explored_json(scenario, explored).dump(2, ' ', false, Json::error_handler_t::replace) + "\n",
              language);
  }
  if (explored.failure() && !options.save.empty()) {
    written = save(options.save, scenario, explored.failure()->order, language) && written;
  }
  if (!quiet) {
    if (explored.failure()) {
      print_failure(loaded.scenario, explored, !options.save.empty(), language);
    } else {
      std::cout << all_is_well(explored).in(language) << "\n" << std::flush;
    }
    std::cerr
        << Message({"{states} in {seconds} s: {rate} a second", "{seconds} 秒内 {states}：每秒 {rate} 个"},
                   {{"states", counted(states, "state", "states", "个状态")},
                    {"seconds", fmt::format("{:.1f}", took)},
                    {"rate", static_cast<std::uint64_t>(static_cast<double>(states) / std::max(took, 1e-9))}})
               .in(language)
        << "\n";
  }
  if (!written) return kBadInput;
  return explored.failure() ? kFailed : kOk;
}

}  // namespace gogoscope
