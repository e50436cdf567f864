// The table of what is left out says no more and no less than is left out, and the document shows that table.
#include "tests/oracle/left_out.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <optional>

namespace gogoscope::oracle {
namespace {

std::vector<Difference> all_differences() {
  std::vector<Difference> all;
  for (const Comparison& comparison : all_comparisons(recorded_lesson())) {
    all.insert(all.end(), comparison.differences().begin(), comparison.differences().end());
  }
  return all;
}

TEST(LeftOut, every_row_excuses_a_difference_at_its_first_and_its_last_step) {
  const std::vector<Difference> differences = all_differences();
  for (const LeftOut& row : left_out()) {
    for (const std::string& what : names_of(row)) {
      std::optional<int> first, last;
      for (const Difference& d : differences) {
        if (d.what != what || !excuses(row, d)) continue;
        first = std::min(first.value_or(d.step), d.step);
        last = std::max(last.value_or(d.step), d.step);
      }
      EXPECT_EQ(first.value_or(-1), row.first) << row.comparison << ": " << what;
      EXPECT_EQ(last.value_or(-1), row.last) << row.comparison << ": " << what;
    }
  }
}

TEST(LeftOut, no_difference_is_excused_twice) {
  const auto rows = left_out();
  for (const Difference& d : all_differences()) {
    EXPECT_LE(std::count_if(rows.begin(), rows.end(), [&](const LeftOut& row) { return excuses(row, d); }), 1)
        << to_string(d);
  }
}

TEST(LeftOut, every_row_has_a_reason) {
  for (const LeftOut& row : left_out())
    EXPECT_FALSE(row.reason.empty()) << row.comparison << ": " << row.what;
}

TEST(LeftOut, the_document_shows_the_table) {
  std::ifstream file(std::string(GOGOSCOPE_SOURCE) + "/docs/oracles.md");
  ASSERT_TRUE(file) << "no docs/oracles.md";
  std::vector<std::string> shown;
  const std::vector<std::string> table = as_markdown();
  for (std::string line; std::getline(file, line);) {
    if (shown.empty() ? line == table.front() : line.rfind("| ", 0) == 0 || line.rfind("|-", 0) == 0) {
      shown.push_back(line);
    } else if (!shown.empty()) {
      break;
    }
  }
  std::string wanted;
  for (const std::string& line : table) wanted += line + "\n";
  EXPECT_EQ(shown, table) << "docs/oracles.md should hold this table:\n" << wanted;
}

}  // namespace
}  // namespace gogoscope::oracle
