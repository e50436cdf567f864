// record, test --update: what a run shows, written into its scenario.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "asm/text/input_file.h"
#include "asm/text/printable.h"
#include "scenarios/format/cases.h"
#include "scenarios/go/go_program.h"
#include "scenarios/rewrite/recorded.h"
#include "scenarios/rewrite/replace_file.h"
#include "scenarios/rewrite/updated.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {
namespace {

/// What is wrong with the text of a scenario, in all of its cases; empty if it passes.
std::string judged(const std::string& path, const std::string& text, Language language) {
  auto loaded = load_scenario_text(path, text);
  if (const auto* const wrong = std::get_if<Diagnostics>(&loaded)) {
    std::string out;
    for (const Diagnostic& d : *wrong) out += format(d, language);
    return out;
  }
  std::string out;
  const Scenario scenario = std::get<0>(loaded).scenario;
  for (const MatrixCase& one : cases_of(scenario)) {
    if (one.name != scenario.case_name) loaded = load_scenario(in_case(scenario, one));
    if (loaded.index() == 1) continue;  // the first has shown what is wrong
    const LoadedScenario& as_case = std::get<0>(loaded);
    out += report(as_case.scenario, judge(as_case, run_scenario(as_case)), language);
  }
  return out;
}

void complain_of(const std::string& file, const Message& why, Language language) {
  complain({{"{file} is not written: {why}", "没有写入 {file}：{why}"}, {{"file", file}, {"why", why}}},
           language);
}

}  // namespace

int record(const RecordOptions& options, Language language) {
  const KeptPrograms programs;
  const auto loaded = load_or_complain(options.source, language);
  if (!loaded) return kBadInput;
  const LoadedScenario& scenario = *loaded;
  const std::string text =
      with_edits(scenario.scenario.file_text, record_edits(scenario, run_scenario(scenario)));
  const std::string path = options.output.empty() ? options.source.path : options.output;
  if (const std::string wrong = judged(path, text, language); !wrong.empty()) {
    complain({{"{file}: with what the run shows it does not pass, so nothing is written",
               "{file}：加上运行所显示的之后不能通过，所以什么也没有写"},
              {{"file", options.source.path}}},
             language);
    std::cerr << wrong;
    return kFailed;
  }
  if (options.output.empty()) {
    std::cout << text;
    return kOk;
  }
  const Message why = replace_file(options.output, text);
  if (why.empty()) return kOk;
  complain_of(options.output, why, language);
  return kBadInput;
}

UpdateResult update(const std::string& path, Language language) {
  const KeptPrograms programs;
  const auto say = [&](std::string_view verdict, const Message& what) {
    std::cout << fmt::format("{:<4} {}{}\n", verdict, printable(path), what.in(language)) << std::flush;
  };
  if (path == kStandardInput) {
    say("BROKEN", {{", not updated: standard input is no file", "，没有更新：标准输入不是文件"}});
    return UpdateResult::broken;
  }
  auto loaded = load_scenario(path);
  if (const auto* const wrong = std::get_if<Diagnostics>(&loaded)) {
    say("BROKEN", {{": it cannot be read", "：无法读取"}});
    print_diagnostics(*wrong, language);
    return UpdateResult::broken;
  }
  const Scenario scenario = std::get<0>(loaded).scenario;
  std::vector<TextEdit> edits;
  for (const MatrixCase& one : cases_of(scenario)) {
    if (one.name != scenario.case_name) loaded = load_scenario(in_case(scenario, one));
    const LoadedScenario& as_case = std::get<0>(loaded);
    const ScenarioRun run = run_scenario(as_case);
    if (const Message why = why_not_updated(as_case, run); !why.empty()) {
      say("FAIL", {{", not updated: the run itself broke", "，没有更新：运行本身出了问题"}});
      std::cerr << fmt::format("{}: {}\n", printable(with_case(path, as_case.scenario)),
                               printable_lines(why.in(language)));
      return UpdateResult::failed;
    }
    for (TextEdit& edit : update_edits(as_case, run)) {
      const auto other = std::ranges::find_if(
          edits, [&](const TextEdit& e) { return e.at < edit.at + edit.size && edit.at < e.at + e.size; });
      if (other == edits.end()) {
        edits.push_back(std::move(edit));
      } else if (!(*other == edit)) {
        say("FAIL", {{", not updated: its cases differ", "，没有更新：它的各个情形不一样"}});
        std::cerr << judged(path, scenario.file_text, language);
        return UpdateResult::failed;
      }
    }
  }
  const std::string text = with_edits(scenario.file_text, edits);
  const std::string left = judged(path, text, language);
  if (edits.empty()) {
    say(left.empty() ? "ok" : "FAIL", left.empty()
                                          ? Message({", nothing to update", "，无需更新"})
                                          : Message({", nothing that could be updated", "，没有可以更新的"}));
    std::cerr << left;
    return left.empty() ? UpdateResult::passed : UpdateResult::failed;
  }
  if (load_scenario_text(path, text).index() == 1) {
    say("FAIL", {{", not updated: what would be written cannot be read", "，没有更新：要写的内容无法读取"}});
    std::cerr << left;
    return UpdateResult::failed;
  }
  // What was rewritten for one case may be wrong in another one, and then it is better left alone.
  if (!left.empty() && !scenario.cases.empty()) {
    say("FAIL", {{", not updated: its cases differ", "，没有更新：它的各个情形不一样"}});
    std::cerr << left;
    return UpdateResult::failed;
  }
  if (const Message why = replace_file(path, text); !why.empty()) {
    say("BROKEN", {{", not updated", "，没有更新"}});
    complain_of(path, why, language);
    return UpdateResult::broken;
  }
  say(left.empty() ? "ok" : "FAIL",
      left.empty() ? Message({", updated", "，已更新"}) : Message({", updated in part", "，已更新一部分"}));
  std::cout << printable_lines(unified_diff(path, scenario.file_text, edits)) << std::flush;
  std::cerr << left;
  return left.empty() ? UpdateResult::passed : UpdateResult::failed;
}

}  // namespace gogoscope
