// The paths that README.md and docs/ name in code marks, compared with the tree.
#pragma once

#include <string>
#include <vector>

#include "tests/tree/source_tree.h"

namespace gogoscope::tree {

/// A path counts if it starts with one of the project's folders and holds no blank and none of `*<{|$`;
/// a trailing slash means a folder. Each problem reads "file: names path, which is not in the tree".
std::vector<std::string> stale_paths(const SourceTree& tree);

}  // namespace gogoscope::tree
