// Every type of the public headers has one definition: two headers that give two types the same name link
// without a word and then read each other's memory.
#pragma once

#include <string>
#include <vector>

#include "tests/tree/source_tree.h"

namespace gogoscope::tree {

/// "gogoscope::StackWord: defined in a.h and in b.h", for types that stand at the start of a line of a
/// header.
std::vector<std::string> types_defined_twice(const SourceTree& tree);

}  // namespace gogoscope::tree
