#include "tests/tree/include_arrows.h"

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>

namespace gogoscope::tree {

namespace {

using Folders = std::vector<std::string>;

// What a folder may include besides itself. A folder of the product that is missing here is a problem too:
// the author of one decides where it belongs.
const std::map<std::string, Folders>& arrows() {
  static const std::map<std::string, Folders> table = {
      {"asm/text", {}},
      {"asm", {"asm/text"}},
      {"emu/guest", {"asm/text"}},
      {"emu/disasm", {"asm/text", "emu/guest"}},
      {"emu/layout", {"asm/text", "emu/guest"}},
      {"emu/world", {"asm/text", "emu/guest", "emu/layout"}},
      {"emu/history", {"asm/text", "emu/guest", "emu/layout", "emu/world"}},
      {"emu/elf", {"asm/text", "emu/guest", "emu/layout"}},
      {"emu/check", {"asm/text", "emu/guest", "emu/disasm", "emu/layout", "emu/world", "emu/history"}},
      {"emu/machine", {"asm/text", "emu/guest", "emu/disasm", "emu/layout", "emu/history"}},
      {"emu/runtime", {"asm", "emu/guest", "emu/disasm", "emu/layout", "emu/history", "emu/machine"}},
      {"emu/linux",
       {"asm/text", "emu/guest", "emu/disasm", "emu/elf", "emu/layout", "emu/history", "emu/machine"}},
      {"emu/explore",
       {"asm/text", "emu/guest", "emu/disasm", "emu/layout", "emu/world", "emu/history", "emu/check",
        "emu/machine"}},
      {"emu/session", {"asm/text", "emu/guest", "emu/disasm", "emu/layout", "emu/history", "emu/check"}},
      {"emu/session/views",
       {"asm/text", "emu/guest", "emu/layout", "emu/history", "emu/check", "emu/session"}},
      {"emu/port", {"asm", "emu"}},
      {"emu/live", {"asm", "emu"}},
      {"scenarios/go", {"asm", "emu"}},
      {"scenarios/format", {"asm", "emu", "scenarios/go"}},
      {"scenarios/reference", {"asm", "emu", "scenarios/format"}},
      {"scenarios/lesson", {"asm", "emu", "scenarios/format"}},
      {"scenarios/told", {"asm", "emu", "scenarios/format", "scenarios/lesson"}},
      {"scenarios/page", {"asm", "emu", "scenarios/lesson", "scenarios/told"}},
      {"scenarios/results", {"asm/text"}},
      {"scenarios/run",
       {"asm", "emu", "scenarios/go", "scenarios/format", "scenarios/lesson", "scenarios/told",
        "scenarios/results"}},
      {"scenarios/suite",
       {"asm", "emu", "scenarios/go", "scenarios/format", "scenarios/results", "scenarios/run"}},
      {"scenarios/rewrite", {"asm", "emu", "scenarios/format", "scenarios/told", "scenarios/run"}},
      {"scenarios/program", {"asm", "emu", "scenarios/verbs"}},
      {"scenarios/verbs",
       {"asm", "emu", "scenarios/format", "scenarios/lesson", "scenarios/reference", "scenarios/told",
        "scenarios/results", "scenarios/run", "scenarios/suite", "scenarios/rewrite", "scenarios/page",
        "scenarios/go"}},
      {"ui",
       {"asm", "emu/guest", "emu/disasm", "emu/layout", "emu/history", "emu/check", "emu/session", "emu/port",
        "scenarios/lesson", "scenarios/told"}},
      {"ui/program", {"asm", "emu", "scenarios", "ui"}},
  };
  return table;
}

struct Owner {
  std::string header;  // the include starts with this
  Folders folders;
};

const std::vector<Owner>& owners() {
  static const std::vector<Owner> table = {
      {"utf8.h", {"asm/text"}},
      {"linebreak.h", {"asm/text"}},
      {"unicorn/", {"emu/machine"}},
      {"capstone/", {"emu/disasm"}},
      {"Zydis/", {"emu/disasm", "asm"}},
      {"Zycore/", {"emu/disasm", "asm"}},
      {"elfutils/", {"emu/elf"}},
      {"libelf", {"emu/elf"}},
      {"gelf", {"emu/elf"}},
      {"dwarf", {"emu/elf"}},
      {"yaml-cpp/", {"scenarios/format"}},
      {"pugixml", {"scenarios/results"}},
      {"CLI/", {"scenarios/verbs"}},
      {"imgui", {"ui"}},
      {"GLFW/", {"ui"}},
      {"GL/", {"ui"}},
  };
  return table;
}

bool starts_with(const std::string& text, const std::string& start) { return text.rfind(start, 0) == 0; }

bool lies_in(const std::string& path, const std::string& folder) { return starts_with(path, folder + "/"); }

bool lies_in_any(const std::string& path, const Folders& folders) {
  return std::any_of(folders.begin(), folders.end(),
                     [&](const std::string& folder) { return lies_in(path, folder); });
}

bool is_product(const std::string& path) { return lies_in_any(path, {"asm", "emu", "scenarios", "ui"}); }

// The folder of the arrow table that a file belongs to: the deepest that the table has; where it has none,
// the first two levels.
std::string arrow_folder(const std::string& path) {
  for (size_t end = path.rfind('/'); end != std::string::npos && end > 0; end = path.rfind('/', end - 1)) {
    const std::string folder = path.substr(0, end);
    if (arrows().count(folder) != 0) return folder;
  }
  return path.substr(0, path.find('/', path.find('/') + 1));
}

struct Include {
  int line;
  std::string header;
  bool quoted;
};

std::vector<Include> includes_of(const std::string& text) {
  std::vector<Include> found;
  std::istringstream lines(text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    size_t at = line.find_first_not_of(" \t");
    if (at == std::string::npos || line[at] != '#') continue;
    at = line.find_first_not_of(" \t", at + 1);
    if (at == std::string::npos || line.compare(at, 7, "include") != 0) continue;
    const size_t open = line.find_first_of("\"<", at + 7);
    if (open == std::string::npos) continue;
    const bool quoted = line[open] == '"';
    const size_t close = line.find(quoted ? '"' : '>', open + 1);
    if (close == std::string::npos) continue;
    found.push_back({number, line.substr(open + 1, close - open - 1), quoted});
  }
  return found;
}

std::optional<std::string> problem_with(const std::string& path, const Include& include,
                                        const SourceTree& tree) {
  const std::string& header = include.header;
  const std::string folder = arrow_folder(path);
  if (is_product(header) || lies_in(header, "tests")) {
    const Folders& allowed = arrows().at(folder);
    if (arrow_folder(header) == folder || lies_in_any(header, allowed)) return std::nullopt;
    return folder + "/ must not include " + header;
  }
  for (const Owner& owner : owners()) {
    if (!starts_with(header, owner.header)) continue;
    if (lies_in_any(path, owner.folders)) return std::nullopt;
    return folder + "/ must not include <" + header + ">: that library belongs to " + owner.folders.front() +
           "/";
  }
  const std::string beside = path.substr(0, path.rfind('/') + 1) + header;
  if (include.quoted && tree.count(beside) != 0)
    return "write \"" + beside + "\": includes start at the repository's top";
  return std::nullopt;
}

}  // namespace

std::vector<std::string> wrong_includes(const SourceTree& tree) {
  std::vector<std::string> problems;
  for (const auto& [path, text] : tree) {
    if (!is_product(path)) continue;
    const std::vector<Include> includes = includes_of(text);
    if (includes.empty()) continue;
    if (arrows().count(arrow_folder(path)) == 0) {
      problems.push_back(path + ": no arrows are drawn for " + arrow_folder(path) + "/");
      continue;
    }
    for (const Include& include : includes) {
      if (auto problem = problem_with(path, include, tree)) {
        problems.push_back(path + ":" + std::to_string(include.line) + ": " + *problem);
      }
    }
  }
  return problems;
}

}  // namespace gogoscope::tree
