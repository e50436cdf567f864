#include "tests/tree/named_paths.h"

#include <algorithm>

namespace gogoscope::tree {

namespace {

bool is_document(const std::string& path) {
  const bool is_markdown = path.size() > 3 && path.compare(path.size() - 3, 3, ".md") == 0;
  return is_markdown && (path.rfind("docs/", 0) == 0 || path.find('/') == std::string::npos);
}

bool names_a_path(const std::string& text) {
  if (text.find_first_of(" *<{|$\n") != std::string::npos) return false;
  for (const char* folder : {"asm/", "emu/", "scenarios/", "ui/", "tests/", "docs/", ".ci/"}) {
    if (text.rfind(folder, 0) == 0) return true;
  }
  return false;
}

bool exists(const SourceTree& tree, const std::string& path) {
  if (path.back() != '/') return tree.count(path) != 0;
  const auto first = tree.lower_bound(path);
  return first != tree.end() && first->first.rfind(path, 0) == 0;
}

}  // namespace

std::vector<std::string> stale_paths(const SourceTree& tree) {
  std::vector<std::string> problems;
  for (const auto& [file, text] : tree) {
    if (!is_document(file)) continue;
    size_t at = 0;
    while (true) {
      const size_t open = text.find('`', at);
      if (open == std::string::npos) break;
      const size_t close = text.find('`', open + 1);
      if (close == std::string::npos) break;
      const std::string named = text.substr(open + 1, close - open - 1);
      at = close + 1;
      if (!names_a_path(named) || exists(tree, named)) continue;
      problems.push_back(file + ": names " + named + ", which is not in the tree");
    }
  }
  return problems;
}

}  // namespace gogoscope::tree
