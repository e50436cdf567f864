#include "scenarios/suite/run_case.h"

#include <algorithm>
#include <new>
#include <sstream>

#include "asm/text/printable.h"
#include "scenarios/format/cases.h"
#include "scenarios/format/reader.h"
#include "scenarios/format/submission.h"
#include "scenarios/run/first_step.h"
#include "scenarios/run/grading.h"
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
  if (one.hand_in) out.student = printable(one.hand_in->student);
  return out;
}

/// Of a student who has earned nothing: all that there was to earn, and no reason yet.
CaseResult zero(const Case& one, bool show_hidden) {
  CaseResult out = result_for(one, CaseVerdict::failed);
  out.grades = one.hand_in->at_stake;
  for (const GradeResult& grade : out.grades) out.points.of += grade.points.of;
  if (!show_hidden) hide(out);
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

CaseResult ended_case(const Case& one, const Message& why, Language language) {
  if (!one.hand_in) return broken_case(one, why, language);
  CaseResult out = zero(one, false);
  CaseFailure failure;
  failure.file = printable(one.hand_in->path);
  failure.message = printable_lines(why.in(language));
  out.failures.push_back(std::move(failure));
  return out;
}

CaseResult judged_case(const Case& one, const LoadedScenario& scenario, const ScenarioRun& run,
                       Language language, bool show_hidden) {
  Verdict verdict = judge(scenario, run);
  // Steps quote the exercise's own lines.
  if (!one.hand_in || show_hidden) show_first_steps(scenario, run, verdict);
  CaseResult out = result_for(one, verdict.passed() ? CaseVerdict::passed : CaseVerdict::failed);
  out.steps = verdict.steps;
  out.points = verdict.points;
  out.grades = grades_of(scenario.scenario, &verdict, language);
  out.failures = failures_of(scenario.scenario, verdict, language);
  if (one.hand_in && !show_hidden) hide(out);
  if (verdict.passed() && !expects_something(scenario.scenario)) {
    out.note =
        Message({"expects nothing but an exit with code 0", "除了以代码 0 退出，没有别的期望"}).in(language);
  }
  return out;
}

namespace {

/// Whether a line of the scenario's file is one of its bodies.
bool is_in_bodies(const Scenario& scenario, int line) {
  const Bodies& bodies = scenario.bodies;
  const auto lines = static_cast<int>(std::ranges::count(bodies.text, '\n'));
  return line >= bodies.first_line && line < bodies.first_line + lines;
}

/// What is wrong with a student's file, or with the exercise for lack of it. Of the exercise's own files no
/// line is shown, and of what is hidden nothing is said.
CaseResult unusable(const Case& one, const Scenario& scenario, const Diagnostics& wrong, Language language,
                    bool show_hidden) {
  CaseResult out = zero(one, show_hidden);
  for (const Diagnostic& d : wrong) {
    CaseFailure failure = failure_of(d, language);
    if (d.file != scenario.submitted->path && !show_hidden) {
      failure.file = printable(one.hand_in->path);
      failure.line = failure.column = 1;
      failure.context.clear();
      const bool hidden = !is_in_bodies(scenario, d.line) &&
                          std::ranges::any_of(scenario.grades.all(), [](const Grade& g) { return g.hidden; });
      // Which expectation an error belongs to is not known to the column: where one could be hidden, nothing
      // is said.
      if (hidden) {
        failure.message =
            Message({"something that the exercise looks at is not there", "练习要检查的某个东西不存在"})
                .in(language);
      }
    }
    out.failures.push_back(std::move(failure));
  }
  return out;
}

CaseResult run_submission(const Case& one, Language language, bool show_hidden) {
  const auto text = read_scenario_file(one.file);
  if (const auto* const why = std::get_if<Message>(&text)) return broken_case(one, *why, language);
  PartlyRead read = read_what_can_be_read(one.file, std::get<std::string>(text));
  if (!read.problems.empty() || !read.scenario) return unreadable_case(one, read.problems, language);
  Scenario scenario = std::move(*read.scenario);
  if (!scenario.submission) {
    return broken_case(one,
                       {{"it takes nothing that is handed in: it has no key `submission`",
                         "它不接受提交：没有 `submission` 这个键"}},
                       language);
  }
  if (!one.matrix.empty()) {
    const auto found = find_case(scenario, one.matrix);
    if (const auto* const why = std::get_if<Message>(&found)) return broken_case(one, *why, language);
    scenario = in_case(std::move(scenario), std::get<MatrixCase>(found));
  }
  auto file = submitted_file(*scenario.submission, one.hand_in->path);
  if (const auto* const why = std::get_if<Message>(&file)) return ended_case(one, *why, language);
  scenario.submitted = std::move(std::get<SubmittedFile>(file));
  scenario.handed_in = true;
  if (Diagnostics wrong = check_bodies(scenario); !wrong.empty())
    return unreadable_case(one, wrong, language);
  if (const Diagnostics wrong = check_submission(scenario); !wrong.empty())
    return unusable(one, scenario, wrong, language, show_hidden);
  const Scenario kept = scenario;
  const auto loaded = load_scenario(std::move(scenario));
  if (const auto* const wrong = std::get_if<Diagnostics>(&loaded))
    return unusable(one, kept, *wrong, language, show_hidden);
  const auto& it = std::get<LoadedScenario>(loaded);
  return judged_case(one, it, run_scenario(it), language, show_hidden);
}

}  // namespace

CaseResult run_case(const Case& one, Language language, bool show_hidden) try {
  if (one.hand_in) return run_submission(one, language, show_hidden);
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
  if (one.matrix.empty() && scenario.scenario.cases.size() > 1) {
    return broken_case(
        one,
        {{"standard input gives one case, but this scenario has a matrix of {n}: save it to a file",
          "标准输入只给出一个情形，而这个场景的 matrix 有 {n} 个：请把它存成文件"},
         {{"n", scenario.scenario.cases.size()}}},
        language);
  }
  return judged_case(one, scenario, run_scenario(scenario), language, show_hidden);
} catch (const std::bad_alloc&) {
  return broken_case(one, out_of_memory(), language);
}

}  // namespace gogoscope
