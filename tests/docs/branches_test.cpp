#include "tests/docs/branches.h"

#include <gtest/gtest.h>

#include "tests/docs/lesson_code.h"
#include "tests/docs/markdown.h"

namespace gogoscope::docs {
namespace {

using Problems = std::vector<std::string>;

/// A table of one row, which is true unless a part of it is changed.
std::string row(const std::string& branch, const std::string& way, const std::string& since,
                const std::string& scenario = "02-two-exits") {
  return "| branch | way | since | scenario |\n|---|---|---|---|\n| `" + branch + "` | " + way + " | `" +
         since + "` | " + scenario + " |\n";
}

constexpr const char* kLocked = "runtime.goexit0:\"if locked {\"#2";

TEST(Branches, every_branch_of_the_exit_has_a_row_for_each_way) {
  for (const std::string& key : branches_without_a_row(document("docs/runtime-model.md"), lesson_code()))
    ADD_FAILURE() << key;
}

TEST(Branches, every_row_is_what_happens_in_its_scenario_at_its_step) {
  const std::string text = document("docs/runtime-model.md");
  EXPECT_GT(table(text, "branch").size(), 30U);
  for (const std::string& problem : wrong_branch_rows(text)) ADD_FAILURE() << problem;
}

TEST(Branches, a_lost_row_is_noticed) {
  std::string text = document("docs/runtime-model.md");
  const auto start = text.find("| `runtime.goexit0:\"gp.labels = nil\"");
  ASSERT_NE(start, std::string::npos);
  text.erase(start, text.find('\n', start) - start + 1);
  EXPECT_EQ(branches_without_a_row(text, lesson_code()),
            Problems{"runtime.goexit0: gp.labels = nil: resets"});
}

TEST(Branches, each_part_of_a_condition_needs_a_row) {
  const std::string line = "runtime.goexit0:\"if gcBlackenEnabled != 0 && gp.gcAssistBytes > 0 {\"#1";
  const Problems missing = branches_without_a_row(row(line, "past", "g2.gcAssistBytes == 0"), lesson_code());
  const std::string key = "runtime.goexit0: if gcBlackenEnabled != 0 && gp.gcAssistBytes > 0 {: past";
  EXPECT_EQ(std::count(missing.begin(), missing.end(), key), 1) << "of two, one is reported";
}

TEST(Branches, a_true_row_passes_and_each_wrong_cell_is_noticed) {
  EXPECT_EQ(wrong_branch_rows(row(kLocked, "past", "m0.lockedExt == 0")), Problems{});
  const auto one = [](const std::string& table, const std::string& problem) {
    const Problems found = wrong_branch_rows(table);
    ASSERT_EQ(found.size(), 1U) << problem;
    EXPECT_NE(found[0].find(problem), std::string::npos) << found[0];
  };
  one(row(kLocked, "in", "m0.lockedExt == 0"), "the run goes past");
  one(row(kLocked, "up", "m0.lockedExt == 0"), "no way 'up'");
  one(row(kLocked, "past", "m0.lockedExt == 1"), "does not hold");
  one(row(kLocked, "past", "race == true"), "does not hold: race == false");
  one(row("runtime.goexit0:\"if locked {\"#3", "past", "m0.lockedExt == 0"), "2 times");
  one(row(kLocked, "past", "m0.lockedExt == 0", "02-two-entries"), "cannot be run");
}

TEST(Branches, a_way_said_never_to_be_taken_is_taken_by_no_scenario_of_the_table) {
  const std::string others =
      "| `" + std::string(kLocked) + "` | past | `m0.lockedExt == 0` | 02-two-exits |\n";
  const auto never = [&](const char* way) {
    return row("runtime.goexit0:\"if locked {\"", way, "no code locks", "none") + others;
  };
  EXPECT_EQ(wrong_branch_rows(never("in")), Problems{});
  EXPECT_EQ(wrong_branch_rows(never("past")),
            Problems{"runtime.goexit0:\"if locked {\": 02-two-exits takes it"});
}

TEST(Branches, a_reset_must_change_the_field_that_it_names) {
  const std::string line = "runtime.goexit0:\"gp.m = nil\"#1";
  EXPECT_EQ(wrong_branch_rows(row(line, "resets", "g3.m == m0")), Problems{});
  EXPECT_EQ(wrong_branch_rows(row(line, "resets", "g2.m == nil")),
            Problems{line + ": `g2.m == nil` still holds"});
  EXPECT_EQ(wrong_branch_rows(row(line, "resets", "g3.goid != 0")),
            Problems{line + ": `g3.goid != 0` is of another field"});
}

TEST(Branches, a_block_that_is_entered_counts_as_such) {
  const std::string line = "runtime.gfput:\"if stksize != _FixedStack {\"#1";
  EXPECT_EQ(wrong_branch_rows(row(line, "past", "g3.stack.hi == g3.stack.lo + 2048")), Problems{});
  const std::string ngsys = "runtime.goexit0:\"if isSystemGoroutine(gp, false) {\"";
  EXPECT_EQ(wrong_branch_rows(row(ngsys + "#2", "in", "g2.startpc == runtime.helper", "40-system-goroutine")),
            Problems{});
  EXPECT_EQ(wrong_branch_rows(row(ngsys + "#1", "past", "g3.startpc == main.worker", "40-system-goroutine")),
            Problems{});
}

}  // namespace
}  // namespace gogoscope::docs
