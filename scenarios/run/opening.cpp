#include "scenarios/run/opening.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "emu/history/trace_file.h"
#include "scenarios/format/cases.h"
#include "scenarios/run/fill_lesson.h"
#include "scenarios/run/listed.h"
#include "scenarios/run/moments.h"
#include "scenarios/run/runner.h"
#include "scenarios/told/builtin.h"

namespace gogoscope {
namespace {

/// A saved trace starts with bytes that no scenario starts with.
bool looks_like_trace(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return false;
  std::ifstream in(path, std::ios::binary);
  std::string start(kTraceMagic.size(), '\0');
  in.read(start.data(), static_cast<std::streamsize>(start.size()));
  return in && start == kTraceMagic;
}

std::variant<OpenedRun, NotOpened> open_trace(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  auto opened = Trace::open(in);
  if (const auto* const why = std::get_if<Message>(&opened)) {
    return NotOpened{Message({"{path}: {why}", "{path}：{why}"}, {{"path", path}, {"why", *why}}), {}, ""};
  }
  OpenedRun out;
  out.session = replay_session(std::move(std::get<std::unique_ptr<Trace>>(opened)));
  out.path = path;
  out.name = out.session->guest().name;
  return out;
}

/// Where the run does not get there, at its start.
std::uint64_t opens_at(const Where& where, const Trace& trace) {
  if (where.kind == Where::Kind::state) return std::min(where.state, trace.steps());
  if (where.kind == Where::Kind::end) return trace.steps();
  const std::optional<Cursor> found = arrival_at(where.place, trace);
  return found ? found->position() : 0;
}

}  // namespace

std::string_view default_scenario_name() { return "02-two-exits"; }

std::string_view default_scenario_text() { return builtin::default_scenario(); }

std::variant<OpenedRun, NotOpened> open_case(const std::string& path, const std::string& case_name) {
  if (looks_like_trace(path)) {
    if (case_name.empty()) return open_trace(path);
    return NotOpened{{{"{path} is a saved trace, which has no cases", "{path} 是保存的轨迹，没有各种情形"},
                      {{"path", path}}},
                     {},
                     ""};
  }
  auto loaded = path.empty() ? load_scenario_text(std::string(default_scenario_name()) + ".yaml",
                                                  std::string(default_scenario_text()))
                             : load_scenario(path);
  if (loaded.index() == 1) {
    const auto text = read_scenario_file(path);
    const auto* const readable = std::get_if<std::string>(&text);
    return NotOpened{{}, std::move(std::get<1>(loaded)), readable == nullptr ? "" : *readable};
  }
  if (!case_name.empty()) {
    const Scenario& read = std::get<0>(loaded).scenario;
    const auto found = find_case(read, case_name);
    if (const auto* const why = std::get_if<Message>(&found)) return NotOpened{*why, {}, read.file_text};
    loaded = load_scenario(in_case(read, std::get<MatrixCase>(found)));
    if (loaded.index() == 1) return NotOpened{{}, std::move(std::get<1>(loaded)), ""};
  }
  LoadedScenario& scenario = std::get<0>(loaded);
  ScenarioRun run = run_scenario(scenario);
  OpenedRun out;
  out.expectations = listed(scenario, run);
  out.session = std::move(run.session);
  out.path = path;
  out.name = scenario.scenario.name;
  out.case_name = scenario.scenario.case_name;
  out.title = {with_case(scenario.scenario.title.en, scenario.scenario),
               with_case(scenario.scenario.title.zh, scenario.scenario)};
  out.about = scenario.scenario.about;
  out.text = scenario.scenario.file_text;
  out.warning = run.error;
  const Trace& trace = out.session->trace();
  if (scenario.scenario.start) out.start = opens_at(scenario.scenario.start->where, trace);
  if (scenario.scenario.lesson) {
    FilledLesson filled = fill_lesson(scenario.scenario, trace, out.session->events());
    if (!filled.problems.empty()) {
      const LessonProblem& first = filled.problems.front();
      out.lesson_problem = {{"{file}:{line}:{column}: {what}", "{file}:{line}:{column}：{what}"},
                            {{"file", path_of(scenario.scenario, first.mark)},
                             {"line", first.mark.line},
                             {"column", first.mark.column},
                             {"what", first.message}}};
    }
    out.lesson = std::move(filled.lesson);
  }
  return out;
}

std::variant<OpenedRun, NotOpened> open_run(const std::string& path) { return open_case(path, ""); }

}  // namespace gogoscope
