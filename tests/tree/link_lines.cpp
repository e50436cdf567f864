#include "tests/tree/link_lines.h"

#include <map>
#include <sstream>
#include <vector>

namespace gogoscope::tree {
namespace {

using Links = std::map<std::string, std::vector<std::string>>;

/// "target_link_libraries(ui PUBLIC emu_port PRIVATE fmt::fmt)", over several lines too.
void read_links(const std::string& text, Links& links) {
  const std::string call = "target_link_libraries(";
  for (size_t at = text.find(call); at != std::string::npos; at = text.find(call, at + 1)) {
    const size_t begin = at + call.size();
    std::istringstream words(text.substr(begin, text.find(')', begin) - begin));
    std::string target;
    words >> target;
    for (std::string word; words >> word;) {
      if (word != "PUBLIC" && word != "PRIVATE" && word != "INTERFACE") links[target].push_back(word);
    }
  }
}

}  // namespace

std::set<std::string> linked_by(const SourceTree& tree, const std::string& target) {
  Links links;
  for (const auto& [path, text] : tree) {
    const bool cmake = path == "CMakeLists.txt" || path.ends_with("/CMakeLists.txt");
    if (cmake) read_links(text, links);
  }
  std::set<std::string> found;
  std::vector<std::string> open = {target};
  while (!open.empty()) {
    const std::string next = open.back();
    open.pop_back();
    for (const std::string& library : links[next]) {
      if (found.insert(library).second) open.push_back(library);
    }
  }
  return found;
}

}  // namespace gogoscope::tree
