// Reads the text of a scenario file. Keys that are unknown or stand twice are errors, and every error has its
// place.
#pragma once

#include <variant>

#include "scenarios/loader.h"

namespace gogoscope {

/// Largest scenario file, in bytes.
inline constexpr std::size_t kMaxScenarioBytes = 1 << 20;

/// The scenario, or what is wrong with the text. Places and symbols are not yet held against a program.
std::variant<Scenario, Diagnostics> read_scenario(const std::string& path, const std::string& text);

}  // namespace gogoscope
