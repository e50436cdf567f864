// Lines that may be left out without any scenario noticing.
#pragma once

#include <cstddef>
#include <string_view>

namespace gogoscope {

/// Why nothing notices that a line is missing, as a part of a sentence; empty where something must.
std::string_view why_nobody_tells(std::string_view function, std::string_view line);
/// How many reasons there are.
std::size_t survivor_count();

}  // namespace gogoscope
