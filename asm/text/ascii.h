// What a character of ASCII is, whatever the locale says.
#pragma once

#include <algorithm>
#include <string_view>

namespace gogoscope {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Decimal digits only, few enough for an int.
constexpr bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 10 && std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace gogoscope
