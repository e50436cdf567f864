// The direction of includes, checked against the architecture.
#pragma once

#include <string>
#include <vector>

#include "tests/tree/source_tree.h"

namespace gogoscope::tree {

/// Checks every `#include` of the product's folders against the architecture:
/// asm -> emu -> scenarios -> ui, the finer arrows inside emu/, and which folder owns which library.
/// The link lines of CMake say the same, but a header-only use needs no link: hence this check.
/// Each problem reads "file:line: what is wrong". Tests may include anything, so tests/ is not checked.
std::vector<std::string> wrong_includes(const SourceTree& tree);

}  // namespace gogoscope::tree
