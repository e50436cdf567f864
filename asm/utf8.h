// Just enough UTF-8 to count characters and to know which of them a terminal draws two cells wide.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plan9 {

struct Rune {
  char32_t value = 0;
  std::uint8_t size = 1;  ///< bytes
  bool valid = true;      ///< false: one stray byte, counted as one character
};

/// The character that starts at `at`, which must lie inside `text`.
Rune rune_at(std::string_view text, std::size_t at);

/// Chinese, Japanese, Korean and full-width forms.
bool is_wide(char32_t rune);

/// Controls that must not reach a terminal. A tab is none.
bool is_control(char32_t rune);

/// `text` with controls and stray bytes replaced by '?'.
std::string printable(std::string_view text);

/// `text` fit for a message: printable and not longer than a few words.
std::string shortened(std::string_view text);

}  // namespace plan9
