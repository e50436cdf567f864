// A place in a file, as diagnostics point at it.
#pragma once

namespace gogoscope {

/// Where something is in a file of the scenario. Lines and columns count from 1, columns in characters.
struct FileMark {
  int line = 0;
  int column = 0;
  int width = 1;
  int file = 0;  ///< of the scenario: 0 is its own, k the k-th that it includes
};

}  // namespace gogoscope
