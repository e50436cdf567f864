// Lines that may be wrong without any scenario noticing.
#pragma once

#include <span>
#include <string_view>

namespace gogoscope {

struct Survivor {
  std::string_view function;
  std::string_view line;    ///< as a mutation names it; empty: each line of the function
  std::string_view what;    ///< "left out"; empty: however it is wrong
  std::string_view reason;  ///< a part of a sentence
};

std::span<const Survivor> survivors();
/// Why nothing notices that a line is wrong; null where something must.
const Survivor* survivor(std::string_view function, std::string_view line, std::string_view what);

}  // namespace gogoscope
