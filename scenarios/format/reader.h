// Reads the text of a scenario file. Keys that are unknown or occur twice are errors, and every error has its
// place.
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "scenarios/format/loader.h"

namespace gogoscope {

/// Largest scenario file, in bytes.
inline constexpr std::size_t kMaxScenarioBytes = 1 << 20;

/// What may be at the top of a scenario file.
const std::vector<std::string_view>& scenario_keys();

/// The scenario, or what is wrong with the text. Places and symbols are not yet checked against a program.
std::variant<Scenario, Diagnostics> read_scenario(const std::string& path, const std::string& text);

}  // namespace gogoscope
