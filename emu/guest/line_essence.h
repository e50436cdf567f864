// A line of source as keys, places and mutations name it.
#pragma once

#include <string>
#include <string_view>

namespace gogoscope {

/// What two spellings of a line have in common: the line without its comment and with single blanks, none at
/// the ends. A line that is nothing but a comment stays.
std::string line_essence(std::string_view line);

}  // namespace gogoscope
