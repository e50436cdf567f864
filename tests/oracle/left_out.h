// What the comparisons leave out: one table. A difference that is not in it fails a test; so does a row that
// excuses nothing, or more steps than differ. docs/oracles.md shows the same table.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/oracle/comparison.h"

namespace gogoscope::oracle {

struct LeftOut {
  std::string_view comparison;
  std::string_view what;  ///< one or more of what was compared, "r8, r9"
  int first, last;        ///< steps, both included; both differ
  std::string_view reason;
};

std::span<const LeftOut> left_out();
/// The names of a row's `what`.
std::vector<std::string> names_of(const LeftOut& row);
bool excuses(const LeftOut& row, const Difference& difference);
/// The table as docs/oracles.md has it, one line a row.
std::vector<std::string> as_markdown();

}  // namespace gogoscope::oracle
