#include "tests/docs/model_table.h"

#include <map>

#include "tests/docs/markdown.h"

namespace gogoscope::docs {
namespace {

std::string kind_of(const Function& function) {
  return function.kind == FunctionKind::real ? "real" : "modelled";
}

std::string frame_of(const Function& function) {
  return std::to_string(function.frame) + (function.frame_is_ours ? " (ours)" : "");
}

void expect(Problems& problems, const std::string& name, const char* column, const std::string& said,
            const std::string& is) {
  if (said != is)
    problems.push_back(name + ": the table says " + column + " " + said + ", the program " + is);
}

}  // namespace

Problems function_table_problems(std::string_view document, const Code& code) {
  Problems problems;
  std::map<std::string, int> seen;
  for (const Row& row : table(document, "function")) {
    if (row.size() != 4) {
      problems.push_back("a row of " + std::to_string(row.size()) + " cells, not 4");
      continue;
    }
    const std::string& name = row[0];
    if (++seen[name] > 1) problems.push_back(name + ": occurs there twice");
    const Function* function = code.function(name);
    if (function == nullptr || function->kind == FunctionKind::task) {
      problems.push_back(name + ": the program has no such function");
      continue;
    }
    expect(problems, name, "kind", row[1], kind_of(*function));
    expect(problems, name, "frame", row[2], frame_of(*function));
    if (row[3].empty()) problems.push_back(name + ": not a word on what is left out");
  }
  for (const Function& function : code.functions()) {
    if (function.kind != FunctionKind::task && seen.count(function.name) == 0)
      problems.push_back(function.name + ": missing");
  }
  return problems;
}

Problems absence_problems(std::string_view document, const Code& code) {
  Problems problems;
  for (const Row& row : table(document, "name")) {
    if (row.size() != 3 || row[1].empty() || row[2].empty()) {
      problems.push_back((row.empty() ? std::string("a row") : row[0]) + ": not three filled cells");
    } else if (code.function("runtime." + row[0]) != nullptr) {
      problems.push_back(row[0] + ": is in the program");
    }
  }
  return problems;
}

}  // namespace gogoscope::docs
