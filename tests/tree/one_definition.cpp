#include "tests/tree/one_definition.h"

#include <regex>
#include <sstream>

namespace gogoscope::tree {

std::vector<std::string> types_defined_twice(const SourceTree& tree) {
  const std::regex name_space("^namespace ([a-z0-9_:]+) \\{");
  const std::regex definition(
      "^(?:struct|class|enum class) ([A-Z][A-Za-z0-9]*)(?: final)?(?: :[^{]*)? \\{.*");
  std::map<std::string, std::string> first;
  std::vector<std::string> problems;
  for (const auto& [path, text] : tree) {
    if (path.size() < 2 || path.substr(path.size() - 2) != ".h") continue;
    std::string where;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      std::smatch match;
      if (std::regex_search(line, match, name_space)) where = match[1];
      if (!std::regex_match(line, match, definition)) continue;
      const std::string name = where + "::" + match[1].str();
      const auto [known, is_new] = first.emplace(name, path);
      if (!is_new) problems.push_back(name + ": defined in " + known->second + " and in " + path);
    }
  }
  return problems;
}

}  // namespace gogoscope::tree
