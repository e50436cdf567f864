// The integer instructions of Go's own standard library, against the bytes that Go's assembler makes of them
// (see std_forms.py), and the names of all instructions that Go has against those known here.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "asm/instruction_set.h"
#include "tests/asm/assembled.h"

namespace plan9::test {
namespace {

struct Row {
  std::string bytes;
  std::string statement;
};

std::vector<Row> rows_of(const std::string& text) {
  std::vector<Row> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t tab = line.find('\t');
    rows.push_back({line.substr(0, tab), line.substr(tab + 1)});
  }
  return rows;
}

void compare(const std::vector<Row>& rows) {
  for (const Row& row : rows) EXPECT_EQ(bytes_of(row.statement), row.bytes) << row.statement;
}

TEST(StdForms, of_the_recorded_table_have_gos_bytes) {
  const std::vector<Row> rows = rows_of(read_file("std_forms.txt"));
  EXPECT_GT(rows.size(), 400U);
  compare(rows);
}

TEST(StdForms, of_the_installed_library_have_gos_bytes) {
  const std::string out =
      (std::filesystem::temp_directory_path() / ("std_forms_" + std::to_string(getpid()))).string();
  const std::string command =
      "python3 '" + std::string(GOGOSCOPE_TESTS) + "/std_forms.py' statements >'" + out + "' 2>&1 </dev/null";
  const int status = std::system(command.c_str());
  std::stringstream text;
  text << std::ifstream(out).rdbuf();
  std::filesystem::remove(out);
  if (WIFEXITED(status) && (WEXITSTATUS(status) == 77 || WEXITSTATUS(status) == 127))
    GTEST_SKIP() << text.str();
  ASSERT_EQ(status, 0) << text.str();
  const std::vector<Row> rows = rows_of(text.str());
  EXPECT_GT(rows.size(), 3000U);
  compare(rows);
}

/// The names in the table of docs/assembler.md, as patterns: V* is all that begin with V.
std::vector<std::string> refused_patterns() {
  std::ifstream file(std::string(GOGOSCOPE_TESTS) + "/../../docs/assembler.md");
  std::vector<std::string> out;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("| `")) continue;
    std::istringstream names(line.substr(2, line.find(" | ", 2) - 2));
    for (std::string name; names >> name;) {
      std::erase_if(name, [](char c) { return c == '`' || c == ','; });
      out.push_back(name);
    }
  }
  return out;
}

bool matches(const std::string& name, const std::string& pattern) {
  if (!pattern.ends_with('*')) return name == pattern;
  return name.starts_with(pattern.substr(0, pattern.size() - 1));
}

TEST(InstructionNames, of_go_are_known_or_refused_with_a_reason) {
  std::istringstream names(read_file("go_names.txt"));
  const std::vector<std::string> patterns = refused_patterns();
  std::set<std::string> used;
  int count = 0;
  for (std::string name; names >> name; ++count) {
    const bool known = instruction_named(name) != nullptr;
    bool refused = false;
    for (const std::string& pattern : patterns) {
      // What begins as a whole family is refused may hold names that are known: MOVQ is not PMOVQ.
      if (known || !matches(name, pattern)) continue;
      refused = true;
      used.insert(pattern);
    }
    EXPECT_NE(known, refused) << name << (known ? "" : " is neither known nor in docs/assembler.md");
  }
  EXPECT_GT(count, 1600);
  for (const std::string& pattern : patterns) {
    EXPECT_TRUE(used.contains(pattern)) << pattern << " in docs/assembler.md is no name that is refused";
    EXPECT_EQ(instruction_named(pattern), nullptr) << pattern << " is known";
  }
}

}  // namespace
}  // namespace plan9::test
