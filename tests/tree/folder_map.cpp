#include "tests/tree/folder_map.h"

#include <set>
#include <sstream>

namespace gogoscope::tree {

namespace {

std::string trimmed(const std::string& text) {
  const size_t first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// The folders of the first two levels that hold a file, at whatever depth; and every folder of headers.
std::set<std::string> folders_of(const SourceTree& tree) {
  std::set<std::string> folders;
  for (const auto& [path, text] : tree) {
    const size_t first = path.find('/');
    if (first == std::string::npos) continue;
    folders.insert(path.substr(0, first));
    const size_t second = path.find('/', first + 1);
    if (second != std::string::npos) folders.insert(path.substr(0, second));
    if (path.ends_with(".h")) folders.insert(path.substr(0, path.rfind('/')));
  }
  return folders;
}

bool is_one_sentence(const std::string& text) {
  return text.size() > 1 && text.back() == '.' && text.find(". ") == std::string::npos;
}

struct Row {
  std::string folder;
  std::string sentence;
};

std::vector<Row> rows_of(const std::string& readme) {
  std::vector<Row> rows;
  std::istringstream lines(readme);
  std::string line;
  while (std::getline(lines, line)) {
    if (line.rfind("| `", 0) != 0) continue;
    const size_t end = line.find("/` |", 3);
    if (end == std::string::npos) continue;
    std::string sentence = trimmed(line.substr(end + 4));
    if (!sentence.empty() && sentence.back() == '|') sentence.pop_back();
    rows.push_back({line.substr(3, end - 3), trimmed(sentence)});
  }
  return rows;
}

}  // namespace

std::map<std::string, std::string> folder_map(const std::string& readme) {
  std::map<std::string, std::string> map;
  for (const Row& row : rows_of(readme)) map[row.folder] = row.sentence;
  return map;
}

std::vector<std::string> folder_map_problems(const SourceTree& tree) {
  std::vector<std::string> problems;
  const auto readme = tree.find("README.md");
  if (readme == tree.end()) return {"README.md is missing"};
  const std::set<std::string> folders = folders_of(tree);
  std::set<std::string> seen;
  for (const Row& row : rows_of(readme->second)) {
    if (!seen.insert(row.folder).second) problems.push_back(row.folder + "/ has two rows in README.md");
    if (folders.count(row.folder) == 0) {
      problems.push_back(row.folder + "/ is in README.md and not in the tree");
    }
    if (!is_one_sentence(row.sentence)) {
      problems.push_back(row.folder + "/ needs one sentence in README.md, not: " + row.sentence);
    }
  }
  for (const std::string& folder : folders) {
    if (seen.count(folder) == 0) problems.push_back(folder + "/ is missing in README.md");
  }
  return problems;
}

}  // namespace gogoscope::tree
