#include "tests/docs/model_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/docs/lesson_code.h"
#include "tests/docs/markdown.h"

namespace gogoscope::docs {
namespace {

std::string with(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

/// The document's real table with one thing changed must give exactly this problem.
void one_problem(const std::string& from, const std::string& to, const std::string& problem) {
  const std::string changed = with(document("docs/runtime-model.md"), from, to);
  EXPECT_EQ(function_table_problems(changed, lesson_code()), Problems{problem}) << from;
}

TEST(ModelTable, lists_every_function_of_the_program_with_kind_and_frame) {
  const std::string text = document("docs/runtime-model.md");
  EXPECT_GT(table(text, "function").size(), 50U);
  for (const std::string& problem : function_table_problems(text, lesson_code())) ADD_FAILURE() << problem;
}

TEST(ModelTable, a_missing_function_is_noticed) {
  const std::string row = "| `runtime.gogo` | real | 24 |";
  const std::string text = document("docs/runtime-model.md");
  const auto start = text.find(row);
  ASSERT_NE(start, std::string::npos);
  std::string cut = text;
  cut.erase(start, text.find('\n', start) - start + 1);
  EXPECT_EQ(function_table_problems(cut, lesson_code()), Problems{"runtime.gogo: missing"});
}

TEST(ModelTable, each_wrong_cell_is_noticed) {
  one_problem("| `runtime.gogo` | real | 24 |", "| `runtime.gogo` | real | 16 |",
              "runtime.gogo: the table says frame 16, the program 24");
  one_problem("| `runtime.goexit0` | modelled |", "| `runtime.goexit0` | real |",
              "runtime.goexit0: the table says kind real, the program modelled");
  one_problem("| `runtime.dropg` | modelled | 16 (ours) |", "| `runtime.dropg` | modelled | 16 |",
              "runtime.dropg: the table says frame 16, the program 16 (ours)");
  one_problem("| `runtime.save` | modelled | 0 | nothing |", "| `runtime.save` | modelled | 0 | |",
              "runtime.save: not a word on what is left out");
  one_problem("| `runtime.execute` |", "| `runtime.exercise` | modelled | 0 | x |\n| `runtime.execute` |",
              "runtime.exercise: the program has no such function");
}

TEST(ModelTable, what_is_said_not_to_be_there_is_not_there) {
  for (const std::string& problem : absence_problems(document("docs/runtime-model.md"), lesson_code()))
    ADD_FAILURE() << problem;
  EXPECT_EQ(absence_problems("| name | a | b |\n|---|---|---|\n| `gogo` | x | y |\n", lesson_code()),
            Problems{"gogo: is in the program"});
}

TEST(ModelTable, what_a_reader_looks_for_and_the_program_lacks_is_listed) {
  std::set<std::string> told;
  for (const Row& row : table(document("docs/runtime-model.md"), "name")) told.insert(row.at(0));
  for (const char* name : {"asyncPreempt", "gcStart", "netpoll", "checkTimers", "growslice", "mallocgc",
                           "sigpanic", "runfinq"}) {
    EXPECT_EQ(told.count(name), 1U) << name;
  }
}

/// What the bodies of modelled lines refuse to do is announced in the document.
TEST(ModelTable, every_branch_that_ends_the_run_is_listed) {
  const std::string text = document("docs/runtime-model.md");
  std::set<std::string> left_out;
  for (const auto& [path, source] : tree::read_tree(GOGOSCOPE_SOURCE)) {
    if (path.rfind("emu/runtime/", 0) != 0) continue;
    const std::string call = ".left_out({\"";
    for (auto at = source.find(call); at != std::string::npos; at = source.find(call, at + 1)) {
      const auto start = at + call.size();
      left_out.insert(source.substr(start, source.find('"', start) - start));
    }
  }
  // Those that are a description rather than a name are given in other words.
  const std::set<std::string> described = {"a g0 on a system stack"};
  EXPECT_GT(left_out.size(), 8U);
  for (const std::string& what : left_out) {
    EXPECT_TRUE(described.count(what) != 0 || text.find(what) != std::string::npos) << what;
  }
  for (const std::string& what : described) EXPECT_EQ(left_out.count(what), 1U) << what;
}

}  // namespace
}  // namespace gogoscope::docs
