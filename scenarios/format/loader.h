// From a file to something that can run: the scenario read, its bodies assembled, its places found.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "emu/runtime/program.h"
#include "scenarios/format/problems.h"
#include "scenarios/format/scenario.h"

namespace gogoscope {

struct LoadedScenario {
  Scenario scenario;
  Program program;
};

/// Everything that is wrong with the file, in one go; or the scenario.
std::variant<LoadedScenario, Diagnostics> load_scenario(const std::string& path);

/// The same for a text that is already in memory. Includes are then looked up beside `path`.
std::variant<LoadedScenario, Diagnostics> load_scenario_text(const std::string& path,
                                                             const std::string& text);

/// The same for a scenario that has been read, and perhaps changed since.
std::variant<LoadedScenario, Diagnostics> load_scenario(Scenario scenario);

/// The file's text, at most one byte more than a scenario may have; or why it cannot be read. `-` is standard
/// input.
std::variant<std::string, Message> read_scenario_file(const std::string& path);

/// An error of assembled bodies, or of what is submitted, moved to its place in the file that they are in.
Diagnostic in_file(Diagnostic error, const Scenario& scenario);

/// Answers `#include "name"` with a file of the folder that `path` lies in, and nothing from anywhere else.
plan9::IncludeResolver own_folder_includes(const std::string& path);

}  // namespace gogoscope
