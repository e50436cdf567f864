#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "asm/text/printable.h"
#include "scenarios/run/explore.h"
#include "scenarios/run/runner.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {
namespace {

using Json = nlohmann::ordered_json;

/// "3 states", "3 个状态".
Text counted(std::uint64_t n, std::string_view one, std::string_view many, std::string_view zh) {
  return {fmt::format("{} {}", n, n == 1 ? one : many), fmt::format("{} {}", n, zh)};
}
Text preemptions(int k) { return counted(static_cast<std::uint64_t>(k), "preemption", "preemptions", "次抢占"); }

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
  const Message head({"{preemptions}: {states}, {orders} followed to the end{early}",
                      "{preemptions}：{states}，{orders}走到底{early}"},
                     {{"preemptions", preemptions(k)},
                      {"states", counted(bound.states, "state", "states", "个状态")},
                      {"orders", counted(bound.orders, "order", "orders", "个顺序")},
                      {"early", bound.complete ? TextView{"", ""} : TextView{"; ended early", "；提前结束"}}});
  std::cout << head.in(language) << "\n";
  for (const Explored::Outcome& outcome : bound.outcomes) {
    const Message line({"  {mark} {n} × {what}", "  {mark} {n} × {what}"},
                       {{"mark", outcome.fails ? "FAIL" : "ok  "}, {"n", outcome.count}, {"what", what(outcome.end)}});
    std::cout << printable(line.in(language)) << "\n";
  }
  std::cout << std::flush;
}

Json to_json(const Scenario& scenario, const ScenarioExplored& explored) {
  const Explored& last = explored.bounds.back();
  Json outcomes = Json::array();
  for (const Explored::Outcome& outcome : last.outcomes) {
    outcomes.push_back({{"verdict", verdict(outcome.end)},
                        {"fails", outcome.fails},
                        {"count", outcome.count},
                        {"detail", detail(outcome.end)}});
  }
  Json failure;
  if (const auto& order = last.failure) {
    Json schedule = Json::array();
    for (const Turn& turn : order->turns) schedule.push_back(to_string({turn}));
    failure = {{"what", what(last.failure_end).in(Language::en)},
               {"schedule", std::move(schedule)},
               {"steps", order->steps},
               {"preemptions", order->preemptions},
               {"shortest", explored.shortest}};
  }
  return {{"version", 1},
          {"scenario", scenario.path},
          {"preemptions", explored.preemptions()},
          {"complete", explored.complete},
          {"every_order", explored.every_order},
          {"schedules", last.orders},
          {"states", last.states},
          {"steps", last.steps},
          {"outcomes", std::move(outcomes)},
          {"failure", std::move(failure)}};
}

bool write(const std::string& path, const std::string& text, Language language) {
  if (path == "-") {
    std::cout << text << std::flush;
    return true;
  }
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (out) return true;
  complain({{"{path}: this file cannot be written", "{path}：无法写入这个文件"}, {{"path", path}}}, language);
  return false;
}

/// Runs the failing order again, as `test` would.
Verdict replay(const LoadedScenario& loaded) { return judge(loaded, run_scenario(loaded)); }

}  // namespace

int explore(const ExploreVerbOptions& options, Language language) {
  auto loaded = load_scenario(options.path);
  if (loaded.index() == 1) {
    print_diagnostics(std::get<1>(loaded), language);
    return kBadInput;
  }
  const Scenario& scenario = std::get<0>(loaded).scenario;
  if (const Message why = why_not_explored(scenario); !why.empty()) {
    complain(Message({"{path}: {why}", "{path}：{why}"}, {{"path", scenario.path}, {"why", why}}), language);
    return kBadInput;
  }
  const bool quiet = options.json == "-" || options.save == "-";

  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  const auto seconds = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
  ExploreLimits limits;
  limits.preemptions = options.preemptions;
  limits.max_states = options.max_states;
  if (options.seconds > 0) limits.enough = [&] { return seconds() >= options.seconds; };
  int k = 0;
  std::uint64_t states = 0;
  auto done = explore_scenario(scenario, limits, [&](const Explored& bound) {
    if (!quiet) print_bound(k, bound, language);
    ++k;
    states += bound.states;
  });
  if (done.index() == 1) {
    print_diagnostics(std::get<1>(done), language);
    return kBadInput;
  }
  const double took = seconds();
  const ScenarioExplored& explored = std::get<0>(done);

  bool written = true;
  if (!options.json.empty()) written = write(options.json, to_json(scenario, explored).dump(2) + "\n", language);
  if (const auto& order = explored.failure()) {
    const auto text = with_order(scenario, *order);
    if (!quiet) {
      std::cout << Message({"the shortest failing order{unsure} has {preemptions} and {steps}:",
                            "最短的失败顺序{unsure}有 {preemptions}、{steps}："},
                           {{"unsure", explored.shortest ? TextView{"", ""}
                                                         : TextView{" that was found", "（目前找到的）"}},
                            {"preemptions", preemptions(order->preemptions)},
                            {"steps", counted(order->steps, "step", "steps", "步")}})
                       .in(language)
                << "\n  clock: explored\n  schedule: [" << to_string(order->turns) << "]\n";
    }
    // What is wrong with it, in the words of `test`.
    Scenario failing = scenario;
    failing.events.clear();
    failing.at.clear();
    failing.exact = false;
    failing.set.clear();
    failing.turns = {};
    failing.turns.explored = true;
    failing.turns.first = order->turns;
    auto again = load_scenario(std::move(failing));
    if (const auto* const it = std::get_if<LoadedScenario>(&again); it != nullptr && !quiet) {
      std::cout << std::flush;
      std::cerr << report(it->scenario, replay(*it), language);
    }
    if (!options.save.empty()) {
      if (text) {
        written = write(options.save, *text, language) && written;
      } else {
        complain(Message({"the order cannot be put into this file: write each key at the start of a line",
                          "无法把这个顺序写进文件：每个键都要写在行首"}),
                 language);
        written = false;
      }
    }
  } else if (!quiet) {
    const Message end =
        !explored.complete
            ? Message({"ended early: this is not complete, an order that fails may be among the rest",
                       "提前结束：这并不完整，其余的顺序里可能有失败的"})
        : explored.every_order
            ? Message({"no order fails, however many preemptions it has", "不论抢占多少次，没有顺序会失败"})
            : Message({"no order with up to {preemptions} fails", "最多 {preemptions}的顺序都不失败"},
                      {{"preemptions", preemptions(explored.preemptions())}});
    std::cout << end.in(language) << "\n";
  }
  if (options.times) {
    std::cout << std::flush;
    std::cerr << Message({"{n} states a second", "每秒 {n} 个状态"},
                         {{"n", static_cast<std::uint64_t>(static_cast<double>(states) / std::max(took, 1e-9))}})
                     .in(language)
              << "\n";
  }
  if (!written) return kBadInput;
  return explored.failure() ? kFailed : kOk;
}

}  // namespace gogoscope
