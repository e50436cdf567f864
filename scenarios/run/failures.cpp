// From a verdict to what results and reports show of it.
#include <fmt/format.h>

#include <algorithm>

#include "asm/text/printable.h"
#include "scenarios/results/text.h"
#include "scenarios/run/runner.h"

namespace gogoscope {
namespace {

/// A word as a shell takes it.
std::string shell_word(const std::string& word) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./-+,:@%";
  const bool utf8 = std::ranges::any_of(word, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (!utf8 && !word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

/// Empty where the scenario cannot be opened again, or its name cannot be printed.
std::string open_command(const Scenario& scenario, std::uint64_t state) {
  const std::string& path = scenario.path;
  if (path == "-" || printable(path) != path) return {};
  const std::string in_case =
      scenario.case_name.empty() ? "" : fmt::format(" --case {}", shell_word(scenario.case_name));
  std::string handed_in;
  if (scenario.handed_in) {
    if (printable(scenario.submitted->path) != scenario.submitted->path) return {};
    handed_in = fmt::format(" --submission {}", shell_word(scenario.submitted->path));
  }
  return fmt::format("gogoscope {}{}{} --at {}", shell_word(path), in_case, handed_in, state);
}

}  // namespace

std::vector<CaseFailure> failures_of(const Scenario& scenario, const Verdict& verdict, Language language) {
  std::vector<CaseFailure> out;
  for (const Failure& failure : verdict.failures) {
    CaseFailure one;
    one.file = printable(path_of(scenario, failure.mark));
    one.line = std::max(failure.mark.line, 1);
    one.column = std::max(failure.mark.column, 1);
    one.key = failure.parts.key;
    one.place = printable(failure.parts.place);
    // Reports of several cases of a file may be far from the lines that name them.
    one.message = (scenario.case_name.empty() ? "" : fmt::format("[{}] ", scenario.case_name)) +
                  printable_lines(failure.message.in(language));
    one.expected = printable_lines(failure.parts.expected.in(language));
    one.got = printable_lines(failure.parts.got.in(language));
    one.state = failure.parts.step ? *failure.parts.step + 1 : failure.parts.state.value_or(verdict.steps);
    if (failure.grade >= 0) one.grade = static_cast<std::uint64_t>(failure.grade);
    one.hidden = failure.hidden;
    one.open = open_command(scenario, *one.state);
    for (const auto* lines : {&failure.context, &failure.steps}) {
      for (const Message& line : *lines) one.context.push_back(printable(line.in(language)));
    }
    out.push_back(std::move(one));
  }
  return out;
}

std::string report(const Scenario& scenario, const Verdict& verdict, Language language) {
  return failures_text(failures_of(scenario, verdict, language), language);
}

}  // namespace gogoscope
