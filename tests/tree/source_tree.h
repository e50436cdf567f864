// A source tree as text, read from disk or made up by a test.
#pragma once

#include <map>
#include <string>

namespace gogoscope::tree {

/// A source tree as text: path from the repository's top ("emu/guest/address.h") -> content.
/// The rules are checked against this, so a test can hand them a wrong tree that never touches a disk.
using SourceTree = std::map<std::string, std::string>;

/// Reads the project's own files below `root`: its folders without build output and hidden ones, `.ci`
/// excepted. Files that are not text by their name (pictures, traces) are listed with empty content.
SourceTree read_tree(const std::string& root);

}  // namespace gogoscope::tree
