#include "scenarios/suite/run_case.h"

#include <algorithm>
#include <new>
#include <sstream>

#include "asm/text/printable.h"
#include "scenarios/format/cases.h"
#include "scenarios/run/first_step.h"
#include "scenarios/run/runner.h"

namespace gogoscope {
namespace {

/// Whether the file says more about its run than that it exits with code 0.
bool expects_something(const Scenario& scenario) {
  return !scenario.events.empty() || !scenario.at.empty() || !scenario.finally.empty() || scenario.breaks ||
         scenario.stop.mark.line > 0 || !scenario.never.empty() || !scenario.always.empty() ||
         !scenario.whenever.empty() || scenario.within.steps || scenario.within.handoffs ||
         !scenario.goroutines.empty() || !scenario.output.empty() || scenario.lesson;
}

CaseResult result_for(const Case& one, CaseVerdict verdict) {
  CaseResult out;
  out.file = printable(one.file);
  out.name = printable(one.name);
  out.verdict = verdict;
  return out;
}

CaseFailure failure_of(const Diagnostic& diagnostic, Language language) {
  CaseFailure out;
  out.file = printable(diagnostic.file);
  out.line = std::max(diagnostic.line, 1);
  out.column = std::max(diagnostic.column, 1);
  out.message = printable_lines(diagnostic.message.in(language));
  // The line and the caret, which come after the message.
  std::istringstream lines(format(diagnostic, language));
  std::string line;
  for (std::getline(lines, line); std::getline(lines, line);) out.context.push_back(printable(line));
  return out;
}

CaseResult unreadable_case(const Case& one, const Diagnostics& wrong, Language language) {
  CaseResult out = result_for(one, CaseVerdict::broken);
  for (const Diagnostic& d : wrong) out.failures.push_back(failure_of(d, language));
  return out;
}

}  // namespace

Message out_of_memory() {
  return {
      {"this system has no memory left for it: a machine needs about 1 GB of address space, most of which is "
       "never used (see `ulimit -v`), and a record about 9 bytes a step",
       "系统没有足够的内存：一台机器需要约 1 GB 地址空间，其中大部分从不使用（见 `ulimit "
       "-v`），记录每一步约占 9 字节"}};
}

CaseResult broken_case(const Case& one, const Message& why, Language language) {
  CaseResult out = result_for(one, CaseVerdict::broken);
  CaseFailure failure;
  failure.file = out.file;
  failure.message = printable_lines(why.in(language));
  out.failures.push_back(std::move(failure));
  return out;
}

CaseResult run_case(const Case& one, Language language) try {
  auto loaded = load_scenario(one.file);
  if (const auto* const wrong = std::get_if<Diagnostics>(&loaded))
    return unreadable_case(one, *wrong, language);
  if (!one.matrix.empty()) {
    const Scenario read = std::move(std::get<LoadedScenario>(loaded).scenario);
    const auto found = find_case(read, one.matrix);
    if (const auto* const why = std::get_if<Message>(&found)) return broken_case(one, *why, language);
    loaded = load_scenario(in_case(read, std::get<MatrixCase>(found)));
    if (const auto* const wrong = std::get_if<Diagnostics>(&loaded))
      return unreadable_case(one, *wrong, language);
  }
  const LoadedScenario& scenario = std::get<LoadedScenario>(loaded);
  const ScenarioRun run = run_scenario(scenario);
  Verdict verdict = judge(scenario, run);
  show_first_steps(scenario, run, verdict);
  CaseResult out = result_for(one, verdict.passed() ? CaseVerdict::passed : CaseVerdict::failed);
  out.steps = verdict.steps;
  out.points = verdict.points;
  out.failures = failures_of(scenario.scenario, verdict, language);
  if (verdict.passed() && !expects_something(scenario.scenario)) {
    out.note =
        Message({"expects nothing but an exit with code 0", "除了以代码 0 退出，没有别的期望"}).in(language);
  }
  return out;
} catch (const std::bad_alloc&) {
  return broken_case(one, out_of_memory(), language);
}

}  // namespace gogoscope
