// explore of a scenario with a program: what the orders of some seeds come to.
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "asm/text/printable.h"
#include "scenarios/go/stop_signals.h"
#include "scenarios/results/text.h"
#include "scenarios/run/explore.h"
#include "scenarios/suite/explore_seeds.h"
#include "scenarios/verbs/explore_words.h"
#include "scenarios/verbs/terminal.h"
#include "scenarios/verbs/test_lines.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string_view mark(CaseVerdict verdict) {
  switch (verdict) {
    case CaseVerdict::passed:
      return "ok  ";
    case CaseVerdict::failed:
      return "FAIL";
    default:
      return "BROKEN";
  }
}

/// "exits with code 0; output (line 7): expected "40\n", got "39\n"".
Message what_came_of(const SeedsExplored::Outcome& outcome) {
  if (!outcome.first) return Message::literal(outcome.end.sentence);
  const CaseFailure& first = *outcome.first;
  const Message got =
      first.got.empty() ? Message() : Message({", got {got}", "，实际 {got}"}, {{"got", first.got}});
  return {{"{end}; {key} (line {line}): expected {expected}{got}",
           "{end}；{key}（第 {line} 行）：期望 {expected}{got}"},
          {{"end", outcome.end.sentence},
           {"key", first.key},
           {"line", first.line},
           {"expected", first.expected},
           {"got", got}}};
}

void print_outcomes(const SeedsExplored& explored, const SeedSample& sample, Language language) {
  const Message head(
      {"{seeds}, turns of up to {quantum} steps: {orders} of events{early}",
       "{seeds}，每轮最多 {quantum} 步：{orders}{early}"},
      {{"seeds", counted(explored.ran, "seed", "seeds", "个种子")},
       {"quantum", sample.quantum},
       {"orders", counted(explored.orders, "different order", "different orders", "种不同的事件顺序")},
       {"early", explored.ran == sample.seeds ? TextView{"", ""} : TextView{"; ended early", "；提前结束"}}});
  std::cout << head.in(language) << "\n";
  for (const SeedsExplored::Outcome& outcome : explored.outcomes) {
    const Message line(
        {"  {mark} {n} × {what}", "  {mark} {n} × {what}"},
        {{"mark", mark(outcome.verdict)}, {"n", outcome.seeds.size()}, {"what", what_came_of(outcome)}});
    std::cout << on_one_line(line.in(language)) << "\n";
  }
  std::cout << std::flush;
}

/// "3, 7, 12 and 8 more".
Message listed(const std::vector<std::uint64_t>& seeds) {
  constexpr std::size_t kMost = 20;
  std::string some;
  for (std::size_t i = 0; i < std::min(seeds.size(), kMost); ++i)
    some += (i == 0 ? "" : ", ") + std::to_string(seeds[i]);
  if (seeds.size() <= kMost) return Message::untranslated(some);
  return {{"{some} and {n} more", "{some} 等，还有 {n} 个"}, {{"some", some}, {"n", seeds.size() - kMost}}};
}

/// Which seeds fail, the first of them, and what is wrong with it in the words of `test`.
void print_failure(const SeedsExplored& explored, const SeedSample& sample, bool saved, Language language) {
  const SeedsExplored::Failure& failure = *explored.failure;
  const std::vector<std::uint64_t> failing = explored.failing();
  std::cout << Message({"{n} of {seeds} fail: {which}\nthe first failing seed takes {steps}:",
                        "{seeds}中有 {n} 个失败：{which}\n第一个失败的种子用了 {steps}："},
                       {{"n", failing.size()},
                        {"seeds", counted(explored.ran, "seed", "seeds", "个种子")},
                        {"which", listed(failing)},
                        {"steps", counted(failure.result.steps, "step", "steps", "步")}})
                   .in(language)
            << "\n  schedule: {seed: " << failure.seed << ", quantum: " << sample.quantum << "}\n"
            << std::flush;
  print_failures(failure.result.failures, saved, language);
}

Message all_is_well(const SeedsExplored& explored, const SeedSample& sample) {
  const Message proof(
      {"a sample of the orders is no proof that none fails", "这只是部分顺序，不能证明没有顺序会失败"});
  const Text seeds = counted(explored.ran, "seed", "seeds", "个种子");
  if (explored.ran < sample.seeds) {
    return {{"ended early: no order of {seeds} fails; {proof}", "提前结束：{seeds}的顺序都不失败；{proof}"},
            {{"seeds", seeds}, {"proof", proof}}};
  }
  return {{"no order of {seeds} fails; {proof}", "{seeds}的顺序都不失败；{proof}"},
          {{"seeds", seeds}, {"proof", proof}}};
}

Json explored_json(const Scenario& scenario, const SeedsExplored& explored, const SeedSample& sample) {
  Json outcomes = Json::array();
  for (const SeedsExplored::Outcome& outcome : explored.outcomes) {
    const bool broken = outcome.verdict == CaseVerdict::broken;
    outcomes.push_back({{"verdict", broken ? "broken" : outcome.end.reason},
                        {"fails", outcome.verdict == CaseVerdict::failed},
                        {"count", outcome.seeds.size()},
                        {"detail", broken ? outcome.end.sentence.en : outcome.end.detail},
                        {"seeds", outcome.seeds}});
    if (outcome.first) {
      outcomes.back()["first"] = {{"line", outcome.first->line},
                                  {"key", outcome.first->key},
                                  {"expected", outcome.first->expected},
                                  {"got", outcome.first->got}};
    }
  }
  Json failure;
  if (const auto& found = explored.failure) {
    Json messages = Json::array();
    for (const CaseFailure& one : found->result.failures) messages.push_back(one.message);
    failure = {{"what", found->result.end->sentence.en},
               {"schedule", {{"seed", found->seed}, {"quantum", sample.quantum}}},
               {"steps", found->result.steps},
               {"messages", std::move(messages)}};
  }
  return {{"version", 1},
          {"scenario", scenario.path},
          {"seeds", sample.seeds},
          {"quantum", sample.quantum},
          {"complete", explored.ran == sample.seeds},
          {"every_order", false},
          {"schedules", explored.ran},
          {"orders", explored.orders},
          {"steps", explored.steps},
          {"outcomes", std::move(outcomes)},
          {"failure", std::move(failure)}};
}

/// Why these options are no good for the scenario; empty if they are.
Message problem(const ExploreVerbOptions& options, const Scenario& scenario) {
  if (options.preemptions || options.max_states) {
    return {
        {"--preemptions and --max-states are for a lesson, of which every order is tried; of a program "
         "--seeds are run",
         "--preemptions 和 --max-states 用于课程，它的每一种顺序都会尝试；程序则按 --seeds 运行"}};
  }
  if (options.save.empty() || options.save == "-") return {};
  std::error_code error;
  const auto folder = [&](const std::string& path) {
    return fs::weakly_canonical(fs::absolute(path, error).parent_path(), error);
  };
  if (folder(options.save) == folder(scenario.path)) return {};
  return {{"--save {file}: its program is named relative to the folder of the scenario, so save it there",
           "--save {file}：程序是相对于场景所在的目录写的，请保存到那个目录"},
          {{"file", options.save}}};
}

}  // namespace

int explore_program(const ExploreVerbOptions& options, const Scenario& scenario, Language language) {
  if (const Message why = problem(options, scenario); !why.empty()) {
    complain({{"{path}: {why}", "{path}：{why}"}, {{"path", scenario.path}, {"why", why}}}, language);
    return kBadInput;
  }
  SeedSample sample;
  sample.seeds = options.seeds.value_or(sample.seeds);
  sample.quantum = options.quantum.value_or(sample.quantum);
  const bool quiet = options.json == "-" || options.save == "-";

  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  const auto seconds = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
  SuiteOptions suite;
  suite.jobs = static_cast<int>(options.jobs);
  TestLines lines(std::cerr, {false, is_terminal(STDERR_FILENO), true}, language);
  const StopSignals signals;
  SuiteWatcher watcher;
  watcher.progress = [&](const SuiteProgress& progress) { lines.tell(progress); };
  watcher.stop = signals.fd();
  if (options.seconds > 0) watcher.enough = [&] { return seconds() >= options.seconds; };
  const SeedsExplored explored = explore_seeds(scenario, sample, suite, watcher, language);
  const double took = seconds();
  lines.wipe();

  bool fine = explored.broken == 0;
  if (!options.json.empty()) {
    fine = write_result(
               options.json,
               explored_json(scenario, explored, sample).dump(2, ' ', false, Json::error_handler_t::replace) +
                   "\n",
               language) &&
           fine;
  }
  if (explored.failure && !options.save.empty()) {
    const Turns turns = turns_of(sample, explored.failure->seed);
    fine = save_scenario(options.save, with_seed(scenario, turns), language) && fine;
  }
  if (!quiet) {
    print_outcomes(explored, sample, language);
    if (explored.failure) {
      print_failure(explored, sample, !options.save.empty(), language);
    } else if (explored.broken == 0) {
      std::cout << all_is_well(explored, sample).in(language) << "\n" << std::flush;
    }
    print_speed(counted(explored.ran, "run", "runs", "次运行"), explored.ran, took, language);
  }
  if (signals.came()) {
    complain({{"interrupted: {n} of {of} seeds were not run", "中断：{of} 个种子里有 {n} 个没有运行"},
              {{"n", sample.seeds - explored.ran}, {"of", sample.seeds}}},
             language);
    return kBadInput;
  }
  if (!fine) return kBadInput;
  return explored.failure ? kFailed : kOk;
}

}  // namespace gogoscope
