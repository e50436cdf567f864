// The number of a release in Go's names for it.
#pragma once

#include <charconv>
#include <string_view>

namespace gogoscope {

/// N of "1.N", "1.N.3", "1.Nrc1"; -1 of anything else.
inline int release_number(std::string_view name) {
  int number = -1;
  if (!name.starts_with("1.")) return number;
  std::from_chars(name.data() + 2, name.data() + name.size(), number);
  return number;
}

}  // namespace gogoscope
