// Functions, tests and files that the documents mention, compared with the tree.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tree/source_tree.h"

namespace gogoscope {
struct Guest;
}

namespace gogoscope::docs {

/// What exists and may be spoken of.
struct Known {
  std::set<std::string, std::less<>> guest;   ///< words of Go: functions, variables, lines, fields, tables
  std::set<std::string, std::less<>> tree;    ///< words of the product's sources
  std::set<std::string, std::less<>> claims;  ///< "Suite.name" of every test
};
Known known(const Guest& guest, const tree::SourceTree& tree);

/// Code spans of a document that name something that does not exist:
///   runtime.x, main.x     a function or variable of the program
///   x(), X::y             words of the product's sources
///   Suite.claim           a test
std::vector<std::string> unknown_mentions(std::string_view markdown, const Known& known);

/// Single words of Go in code spans that are neither in the program nor in the product's sources.
std::vector<std::string> unknown_words(std::string_view markdown, const Known& known);

/// Relative links of the documents in the top folder and in docs/ that lead nowhere: "file: target".
std::vector<std::string> broken_links(const tree::SourceTree& tree);

}  // namespace gogoscope::docs
