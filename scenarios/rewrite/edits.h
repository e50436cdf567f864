// Changes of a text that leave the rest of it as it is, byte by byte.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gogoscope {

/// Bytes [at, at + size) become `text`.
struct TextEdit {
  std::size_t at = 0, size = 0;
  std::string text;
  bool operator==(const TextEdit&) const = default;
};

/// All of them must be apart; of those at the same place the order is kept.
std::string with_edits(std::string_view text, std::vector<TextEdit> edits);

/// The change as a unified diff with three lines around, under the name of the file. Empty where nothing
/// changes.
std::string unified_diff(std::string_view name, std::string_view before, std::vector<TextEdit> edits);

}  // namespace gogoscope
