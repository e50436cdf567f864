// A real run compared with the model's, moment for moment; and the table of what may differ. A difference
// that is not in the table fails a test; so does a row that excuses nothing. docs/oracles.md shows the same
// table.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/oracle/real_go.h"

namespace gogoscope::oracle {

/// What is not equal: a number of a moment, or whether there is such a moment at its place.
struct RunDifference {
  std::string program;
  std::string moment;
  std::string what;  ///< "sched.pc", "after schedule": the moment before it
  std::string ours;  ///< "hi-88", "happens", "-"
  std::string real;
};
std::string to_string(const RunDifference& difference);
/// A line each.
std::string listed(const std::vector<RunDifference>& differences);

/// The longest sequence of moments that both have in common is paired; the others are differences.
std::vector<RunDifference> compare_runs(const std::string& program, const Moments& ours, const Moments& real);

/// The release that the table is about: other releases differ in other ways.
inline constexpr std::string_view kRealGoRelease = "1.19";

/// A difference that has a reason. `*` in moment, ours and real means anything.
struct KnownDifference {
  /// "1.19": the release; "model": it leaves something out; "twin": how the program is written for the model.
  std::string_view cause;
  std::string_view program;  ///< or "all": it is found in each
  std::string_view moment;
  std::string_view what;  ///< one or more: "SP, BP"
  std::string_view ours;
  std::string_view real;
  std::string_view reason;
};
std::span<const KnownDifference> known_differences();
bool excuses(const KnownDifference& row, const RunDifference& difference);
/// The differences that no row excuses.
std::vector<RunDifference> unknown(const std::vector<RunDifference>& differences);
/// The table as docs/oracles.md has it, one line a row.
std::vector<std::string> known_differences_as_markdown();

}  // namespace gogoscope::oracle
