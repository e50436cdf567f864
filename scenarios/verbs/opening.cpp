#include <cstdlib>
#include <iostream>

#include "asm/text/printable.h"
#include "scenarios/format/loader.h"
#include "scenarios/run/moments.h"
#include "scenarios/run/open_program.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {

Language language_of_environment() {
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(variable);
    if (value == nullptr || *value == '\0') continue;
    return std::string_view(value).substr(0, 2) == "zh" ? Language::zh : Language::en;
  }
  return Language::en;
}

void complain(const Message& sentence, Language language) {
  std::cerr << "gogoscope: " << printable(sentence.in(language)) << "\n";
}

void print_diagnostics(const Diagnostics& diagnostics, Language language) {
  for (const Diagnostic& d : diagnostics) std::cerr << format(d, language);
}

std::shared_ptr<const Guest> lesson_guest() {
  auto loaded = load_scenario_text(std::string(default_scenario_name()) + ".yaml",
                                   std::string(default_scenario_text()));
  // It is a shipped scenario, and tests run it.
  return std::get<0>(std::move(loaded)).program.guest;
}

namespace {

void complain(const NotOpened& why, Language language) {
  std::cerr << why.printed;
  if (!why.sentence.empty()) complain(why.sentence, language);
  print_diagnostics(why.diagnostics, language);
}

std::optional<OpenedRun> run_or_complaint(std::variant<OpenedRun, NotOpened> opened, Language language) {
  if (opened.index() == 1) {
    complain(std::get<1>(opened), language);
    return std::nullopt;
  }
  OpenedRun& run = std::get<0>(opened);
  if (!run.warning.empty()) complain(run.warning, language);
  return std::move(run);
}

/// The run at that moment, or at the one that it opens at.
std::optional<OpenedRun> placed(OpenedRun run, const std::string& at, Language language) {
  std::uint64_t position = run.start.value_or(0);
  if (!at.empty()) {
    const std::optional<std::uint64_t> found = moment_of(at, run.session->trace(), language);
    if (!found) return std::nullopt;
    position = *found;
  }
  run.session->execute({CommandId::go_start});
  if (position > 0) run.session->execute({CommandId::run_to, Where::at_state(position)});
  return run;
}

}  // namespace

std::optional<LoadedScenario> load_or_complain(const RunSource& source, Language language) {
  auto loaded = load_scenario_of(source);
  if (loaded.index() == 0) return std::move(std::get<0>(loaded));
  complain(std::get<1>(loaded), language);
  return std::nullopt;
}

std::optional<OpenedRun> open_or_complain(const RunSource& source, Language language) {
  return run_or_complaint(open_source(source), language);
}

std::optional<std::uint64_t> moment_of(const std::string& where, const Trace& trace, Language language) {
  const auto found = find_moment(where, trace);
  if (found.index() == 0) return std::get<0>(found);
  complain(std::get<1>(found), language);
  return std::nullopt;
}

std::optional<OpenedRun> open_at(const RunSource& source, const std::string& at, Language language) {
  std::optional<OpenedRun> run = open_or_complain(source, language);
  return run ? placed(std::move(*run), at, language) : std::nullopt;
}

int open(const OpenOptions& options, const Front& front, Language language) {
  if (!front.open_window) {
    complain(
        {{"this program was built without its window; `gogoscope walk SCENARIO` prints a run in the terminal",
          "这个程序构建时没有带窗口；`gogoscope walk SCENARIO` 可以在终端里打印一次运行"}},
        language);
    return kBadInput;
  }
  WindowOptions window;
  window.named = !options.source.path.empty();
  window.placed = !options.at.empty();
  window.presenter = options.presenter || options.lesson;
  window.lesson = options.lesson;
  window.language = options.language;
  // A scenario with mistakes is one that its author is about to mend: the window shows where they are.
  auto opened = open_source(options.source);
  if (const auto* const why = std::get_if<NotOpened>(&opened); why != nullptr && !why->text.empty()) {
    print_diagnostics(why->diagnostics, language);
    window.broken = options.source.path;
    opened = open_source(RunSource());
    return front.open_window(std::get<OpenedRun>(std::move(opened)), window);
  }
  std::optional<OpenedRun> run = run_or_complaint(std::move(opened), language);
  if (run) run = placed(std::move(*run), options.at, language);
  if (!run) return kBadInput;
  if (options.lesson && (!run->lesson || !run->lesson_problem.empty())) {
    complain(run->lesson
                 ? run->lesson_problem
                 : Message({"{path} has no lesson", "{path} 没有课程"}, {{"path", options.source.path}}),
             language);
    return kBadInput;
  }
  return front.open_window(std::move(*run), window);
}

}  // namespace gogoscope
