// The README's folder map, compared with the tree.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/tree/source_tree.h"

namespace gogoscope::tree {

/// The README's folder map: every table row whose first cell is a folder in code marks,
/// "| `emu/guest/` | sentence |", as folder ("emu/guest") -> sentence.
std::map<std::string, std::string> folder_map(const std::string& readme);

/// Compares the map with the tree: each folder of the first two levels that holds a file, and each that holds
/// headers, has one row with one sentence, and no row names a folder that is gone. Each problem is one line
/// of text.
std::vector<std::string> folder_map_problems(const SourceTree& tree);

}  // namespace gogoscope::tree
