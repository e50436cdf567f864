// Text for a terminal, broken into lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gogoscope {

/// Breaks a text into lines of at most `width` cells: between words, and between any two Chinese characters.
std::vector<std::string> wrapped(std::string_view text, int width);

}  // namespace gogoscope
