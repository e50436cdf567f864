// Breaks a text into lines where Unicode's line breaking rules (UAX #14) let a line end.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

namespace gogoscope {

/// Lines of at most `width` as `measure` sees it, and at '\n'. The spaces at which a line is broken belong to
/// no line. A word that is wider than that is broken between two characters; a line has at least one.
/// Cost: `measure` is called once for each place where a line may end.
std::vector<std::string_view> wrap(std::string_view text, float width,
                                   const std::function<float(std::string_view)>& measure);

/// The same in columns of a terminal.
std::vector<std::string_view> wrap(std::string_view text, int columns);

}  // namespace gogoscope
