// What a library links, as its CMakeLists.txt say: the other half of the include arrows.
#pragma once

#include <set>
#include <string>

#include "tests/tree/source_tree.h"

namespace gogoscope::tree {

/// Every target and library that `target` links, directly or through others. Reads all target_link_libraries
/// of the tree; variables are not followed. Empty if there is no such target.
std::set<std::string> linked_by(const SourceTree& tree, const std::string& target);

}  // namespace gogoscope::tree
