#include "tests/tree/source_tree.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace gogoscope::tree {

namespace fs = std::filesystem;

namespace {

bool is_ours(const std::string& name) {
  if (name == ".ci") return true;
  return !name.empty() && name[0] != '.' && name != "build";
}

bool is_text(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".h" || extension == ".cpp" || extension == ".md" ||
         path.filename() == "CMakeLists.txt";
}

}  // namespace

SourceTree read_tree(const std::string& root) {
  SourceTree tree;
  for (auto it = fs::recursive_directory_iterator(root); it != fs::recursive_directory_iterator(); ++it) {
    if (!is_ours(it->path().filename().string())) {
      it.disable_recursion_pending();
      continue;
    }
    if (!it->is_regular_file()) continue;
    std::string& content = tree[fs::relative(it->path(), root).generic_string()];
    if (!is_text(it->path())) continue;
    std::ostringstream text;
    text << std::ifstream(it->path(), std::ios::binary).rdbuf();
    content = text.str();
  }
  return tree;
}

}  // namespace gogoscope::tree
