#include "scenarios/run/opening.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "emu/history/trace_file.h"
#include "scenarios/format/cases.h"
#include "scenarios/format/reader.h"
#include "scenarios/format/submission.h"
#include "scenarios/go/go_program.h"
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
  out.source.path = path;
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

/// The scenario with what was handed in instead of the file beside it.
std::variant<Scenario, NotOpened> with_submission(const RunSource& source) {
  const auto text = read_scenario_file(source.path);
  if (const auto* const why = std::get_if<Message>(&text)) return NotOpened{*why, {}, ""};
  PartlyRead read = read_what_can_be_read(source.path, std::get<std::string>(text));
  if (!read.problems.empty() || !read.scenario)
    return NotOpened{{}, std::move(read.problems), std::get<std::string>(text)};
  Scenario& scenario = *read.scenario;
  if (!scenario.submission) {
    return NotOpened{{{"{file} takes nothing that is handed in: it has no key `submission`",
                       "{file} 不接受提交：它没有 `submission` 这个键"},
                      {{"file", source.path}}},
                     {},
                     scenario.file_text};
  }
  auto file = submitted_file(*scenario.submission, source.submission);
  if (const auto* const why = std::get_if<Message>(&file)) {
    return NotOpened{
        Message({"{path}: {why}", "{path}：{why}"}, {{"path", source.submission}, {"why", *why}}), {}, ""};
  }
  scenario.submitted = std::move(std::get<SubmittedFile>(file));
  scenario.handed_in = true;
  if (Diagnostics wrong = check_submission(scenario); !wrong.empty())
    return NotOpened{{}, std::move(wrong), ""};
  return std::move(scenario);
}

}  // namespace

std::variant<LoadedScenario, NotOpened> load_scenario_of(const RunSource& source) {
  if (leads_to_program(source.path)) {
    return NotOpened{
        {{"{path} is a program, not a scenario: `gogoscope new FILE.yaml --program {path}` writes one "
          "that runs it",
          "{path} 是程序，不是场景：`gogoscope new FILE.yaml --program {path}` 写出一个运行它的场景"},
         {{"path", source.path}}},
        {},
        ""};
  }
  std::variant<LoadedScenario, Diagnostics> loaded;
  if (!source.submission.empty()) {
    auto read = with_submission(source);
    if (auto* const why = std::get_if<NotOpened>(&read)) return std::move(*why);
    loaded = load_scenario(std::move(std::get<Scenario>(read)));
  } else if (source.path.empty()) {
    loaded = load_scenario_text(std::string(default_scenario_name()) + ".yaml",
                                std::string(default_scenario_text()));
  } else {
    loaded = load_scenario(source.path);
  }
  if (loaded.index() == 1) {
    const auto text = read_scenario_file(source.path);
    const auto* const readable = std::get_if<std::string>(&text);
    return NotOpened{{}, std::move(std::get<1>(loaded)), readable == nullptr ? "" : *readable};
  }
  if (source.case_name.empty()) return std::move(std::get<0>(loaded));
  const Scenario& read = std::get<0>(loaded).scenario;
  const auto found = find_case(read, source.case_name);
  if (const auto* const why = std::get_if<Message>(&found)) return NotOpened{*why, {}, read.file_text};
  auto in_its_case = load_scenario(in_case(read, std::get<MatrixCase>(found)));
  if (in_its_case.index() == 1) return NotOpened{{}, std::move(std::get<1>(in_its_case)), ""};
  return std::move(std::get<0>(in_its_case));
}

std::string_view default_scenario_name() { return "02-two-exits"; }

std::string_view default_scenario_text() { return builtin::default_scenario(); }

namespace {

OpenedRun opened(const LoadedScenario& scenario, const RunSource& source) {
  ScenarioRun run = run_scenario(scenario);
  OpenedRun out;
  out.expectations = listed(scenario, run);
  out.session = std::move(run.session);
  out.source = source;
  out.name = scenario.scenario.name;
  out.case_name = scenario.scenario.case_name;
  out.title = {with_case(scenario.scenario.title.en, scenario.scenario),
               with_case(scenario.scenario.title.zh, scenario.scenario)};
  out.about = scenario.scenario.about;
  out.text = scenario.scenario.file_text;
  out.warning = run.error;
  const Trace& trace = out.session->trace();
  if (scenario.scenario.start) {
    out.start = opens_at(scenario.scenario.start->where, trace);
  } else if (scenario.scenario.program) {
    out.start = start_of_main(trace);
  }
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

}  // namespace

std::variant<OpenedRun, NotOpened> open_run_without(const RunSource& source, const LeftOutLine& line) {
  if (looks_like_trace(source.path)) {
    return NotOpened{
        {{"{path} is a saved trace: its run cannot be made again", "{path} 是保存的轨迹：不能重新运行"},
         {{"path", source.path}}},
        {},
        ""};
  }
  auto loaded = load_scenario_of(source);
  if (auto* const why = std::get_if<NotOpened>(&loaded)) return std::move(*why);
  Scenario scenario = std::move(std::get<LoadedScenario>(loaded).scenario);
  if (scenario.program) {
    return NotOpened{
        {{"{path} runs a program, whose runtime is its own", "{path} 运行的是程序，运行时是它自己的"},
         {{"path", source.path}}},
        {},
        ""};
  }
  scenario.listings.push_back({{line.function, line.line, ""}, {}, {}, {}});
  auto changed = load_scenario(std::move(scenario));
  if (auto* const wrong = std::get_if<Diagnostics>(&changed)) return NotOpened{{}, std::move(*wrong), ""};
  return opened(std::get<LoadedScenario>(changed), source);
}

std::variant<OpenedRun, NotOpened> open_run_from(const RunSource& source) {
  if (looks_like_trace(source.path)) {
    if (source.case_name.empty() && source.submission.empty()) return open_trace(source.path);
    return NotOpened{{{"{path} is a saved trace, which has no cases and takes nothing that is handed in",
                       "{path} 是保存的轨迹，没有各种情形，也不接受提交"},
                      {{"path", source.path}}},
                     {},
                     ""};
  }
  if (source.program.is_given()) {
    return NotOpened{
        {{"{path} is a scenario, which takes no arguments and no files: `program` in it names them",
          "{path} 是场景，不接受参数和文件：在它的 `program` 里写"},
         {{"path", source.path}}},
        {},
        ""};
  }
  auto loaded = load_scenario_of(source);
  if (auto* const why = std::get_if<NotOpened>(&loaded)) return std::move(*why);
  return opened(std::get<LoadedScenario>(loaded), source);
}

std::variant<OpenedRun, NotOpened> open_run(const std::string& path) {
  return open_run_from(RunSource{path, "", ""});
}

}  // namespace gogoscope
