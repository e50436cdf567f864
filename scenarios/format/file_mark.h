// A place in a file, as diagnostics point at it.
#pragma once

namespace gogoscope {

/// Where something is in the scenario file. Lines and columns count from 1, columns in characters.
struct FileMark {
  int line = 0;
  int column = 0;
  int width = 1;
};

}  // namespace gogoscope
