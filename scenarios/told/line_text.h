// A line of source as keys and places name it.
#pragma once

#include <string>
#include <string_view>

namespace gogoscope {

/// The line without its comment and the spaces around it: "gp.m = nil". A line that is only a comment stays.
std::string line_without_comment(std::string_view line);

}  // namespace gogoscope
