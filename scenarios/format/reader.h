// Reads the text of a scenario file. Keys that are unknown or occur twice are errors, and every error has its
// place.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "scenarios/format/loader.h"

namespace gogoscope {

/// Largest scenario file, in bytes.
inline constexpr std::size_t kMaxScenarioBytes = 1 << 20;

/// How much of a file is wanted.
enum class ReadAs : std::uint8_t {
  whole,
  /// For lists: a program is not opened, which could take long, and what names something of it is left out.
  outline,
};

/// What could be read of a text, and what is wrong with the rest.
struct PartlyRead {
  std::optional<Scenario> scenario;  ///< nothing if the text is not even YAML
  Diagnostics problems;
};
PartlyRead read_what_can_be_read(const std::string& path, const std::string& text, ReadAs as = ReadAs::whole);

/// The scenario, or what is wrong with the text. Places and symbols are not yet checked against a program.
std::variant<Scenario, Diagnostics> read_scenario(const std::string& path, const std::string& text);

}  // namespace gogoscope
