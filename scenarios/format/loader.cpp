#include "scenarios/format/loader.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "asm/text/printable.h"
#include "scenarios/format/problems.h"
#include "scenarios/format/read_listings.h"
#include "scenarios/format/reader.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

/// An error of the assembled bodies, moved to its place in the scenario file.
Diagnostic in_file(Diagnostic d, const Scenario& scenario) {
  if (d.file != kBodiesSource) return d;
  d.file = scenario.path;
  d.line += scenario.bodies.first_line - 1;
  d.column += scenario.bodies.indent;
  if (d.first_column == 1) {
    d.source_line.insert(0, static_cast<std::size_t>(scenario.bodies.indent), ' ');
  } else {
    d.first_column += scenario.bodies.indent;
  }
  return d;
}

void check_place(const Place& place, const FileMark& mark, const Code& code, Problems& problems) {
  if (place.function.empty()) return;
  const auto found = resolve(place, code);
  if (const auto* wrong = std::get_if<Message>(&found)) problems.error(mark, *wrong);
}

void check_names(const Sum& sum, const FileMark& mark, const Code& code, Problems& problems) {
  for (const ExpressionError& error : check_symbols(sum, code)) problems.error(mark, error.message);
}

/// Places and symbols can be checked only once the program is built.
void check_against_program(const Scenario& scenario, const Code& code, Problems& problems) {
  for (const Poke& poke : scenario.set) {
    check_place(poke.place, poke.place_mark, code, problems);
    check_names(poke.value, poke.mark, code, problems);
  }
  for (const PlaceExpectations& at : scenario.at) {
    check_place(at.place, at.mark, code, problems);
    for (const Expectation& one : at.expect) {
      check_names(one.comparison.left, one.mark, code, problems);
      check_names(one.comparison.right, one.mark, code, problems);
    }
  }
  if (scenario.breaks && scenario.breaks->place) {
    check_place(*scenario.breaks->place, scenario.breaks->place_mark, code, problems);
  }
  for (const Expectation& one : scenario.finally) {
    check_names(one.comparison.left, one.mark, code, problems);
    check_names(one.comparison.right, one.mark, code, problems);
  }
}

}  // namespace

std::optional<std::string> read_scenario_file(const std::string& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  // One byte more than a scenario may have, so that the reader can say that it is too long.
  std::string text(kMaxScenarioBytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

plan9::IncludeResolver own_folder_includes(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  return [folder](std::string_view name) -> std::variant<plan9::Source, Message> {
    const fs::path wanted(name);
    if (wanted.is_absolute())
      return Message({"an include must be named relative to the file's own folder",
                      "包含的文件名要相对于本文件所在的目录"});
    std::error_code error;
    const fs::path home = fs::weakly_canonical(folder.empty() ? fs::path(".") : folder, error);
    const fs::path target = fs::weakly_canonical(home / wanted, error);
    const fs::path inside = target.lexically_relative(home);
    const std::string shown = in_quotes(folder.empty() ? "." : folder.string());
    if (inside.empty() || *inside.begin() == "..")
      return Message({"it is outside {folder}, the folder of the file that includes it",
                      "它在 {folder}（包含它的文件所在的目录）之外"},
                     {{"folder", shown}});
    std::optional<std::string> text = read_scenario_file(target.string());
    if (!text)
      return Message({"there is no such file in {folder}", "{folder} 里没有这个文件"}, {{"folder", shown}});
    if (text->size() > kMaxScenarioBytes)
      return Message({"this file is larger than 1 MB", "这个文件超过 1 MB"});
    return plan9::Source{std::string(name), std::move(*text)};
  };
}

std::variant<LoadedScenario, Diagnostics> load_scenario_text(const std::string& path,
                                                             const std::string& text) {
  auto read = read_scenario(path, text);
  if (read.index() == 1) return std::move(std::get<1>(read));
  return load_scenario(std::move(std::get<0>(read)));
}

std::variant<LoadedScenario, Diagnostics> load_scenario(Scenario scenario) {
  ProgramOptions options;
  options.name = scenario.name;
  options.release = lesson_release(scenario.go);
  options.bodies = {{std::string(kBodiesSource), scenario.bodies.text,
                     static_cast<std::uint32_t>(scenario.bodies.first_line)}};
  options.include = own_folder_includes(scenario.path);
  options.procs = scenario.procs;
  options.turns = scenario.turns;
  options.sysmon = scenario.sysmon;
  options.heap_bytes = scenario.heap_bytes;
  options.step_budget = scenario.budget;
  options.race = scenario.race;
  options.goos = scenario.goos;
  options.goarch = scenario.goarch;
  for (const ListingChange& change : scenario.listings) options.mutations.push_back(change.mutation);
  auto built = build_program(options);
  if (built.index() == 1) {
    Diagnostics diagnostics;
    Problems mutations(scenario.path, scenario.file_text);
    for (Diagnostic& d : std::get<1>(built)) {
      if (d.file == kMutationsSource) {
        tell_mutation_error(d, scenario, mutations);
      } else {
        diagnostics.push_back(in_file(std::move(d), scenario));
      }
    }
    Diagnostics more = mutations.take();
    diagnostics.insert(diagnostics.end(), more.begin(), more.end());
    return diagnostics;
  }
  Program program = std::move(std::get<0>(built));

  Problems problems(scenario.path, scenario.file_text);
  check_against_program(scenario, program.guest->code, problems);
  if (!problems.empty()) return problems.take();
  return LoadedScenario{std::move(scenario), std::move(program)};
}

std::variant<LoadedScenario, Diagnostics> load_scenario(const std::string& path) {
  const std::optional<std::string> text = read_scenario_file(path);
  if (!text) {
    Diagnostic d;
    d.file = path;
    d.line = d.column = 1;
    d.message = {{"this file cannot be read", "无法读取这个文件"}};
    return Diagnostics{d};
  }
  return load_scenario_text(path, *text);
}

}  // namespace gogoscope
