#include "tests/oracle/real_go_compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace gogoscope::oracle {
namespace {

/// length[i][j]: how many moments ours from i and real from j have in common, in order.
std::vector<std::vector<int>> common_lengths(const Moments& ours, const Moments& real) {
  std::vector<std::vector<int>> length(ours.size() + 1, std::vector<int>(real.size() + 1));
  for (std::size_t i = ours.size(); i-- > 0;) {
    for (std::size_t j = real.size(); j-- > 0;) {
      length[i][j] = ours[i].what == real[j].what ? length[i + 1][j + 1] + 1
                                                  : std::max(length[i + 1][j], length[i][j + 1]);
    }
  }
  return length;
}

void compare_numbers(const std::string& program, const Moment& ours, const Moment& real,
                     std::vector<RunDifference>& out) {
  std::set<std::string> names;
  for (const Moment* moment : {&ours, &real}) {
    for (const auto& [name, value] : moment->numbers) names.insert(name);
  }
  const auto value = [](const Moment& moment, const std::string& name) {
    const auto found = moment.numbers.find(name);
    return found == moment.numbers.end() ? "none" : found->second;
  };
  for (const std::string& name : names) {
    if (value(ours, name) == value(real, name)) continue;
    out.push_back({program, ours.what, name, value(ours, name), value(real, name)});
  }
}

/// The place of a moment that only one of the two has.
std::string after(const Moments& moments, std::size_t i) {
  return "after " + (i == 0 ? std::string("nothing") : moments[i - 1].what);
}

}  // namespace

std::string to_string(const RunDifference& d) {
  return fmt::format("{}: {}: {}: ours {}, real {}", d.program, d.moment, d.what, d.ours, d.real);
}

std::string listed(const std::vector<RunDifference>& differences) {
  std::string text;
  for (const RunDifference& d : differences) text += to_string(d) + "\n";
  return text;
}

std::vector<RunDifference> compare_runs(const std::string& program, const Moments& ours,
                                        const Moments& real) {
  const auto length = common_lengths(ours, real);
  std::vector<RunDifference> out;
  std::size_t i = 0, j = 0;
  while (i < ours.size() || j < real.size()) {
    if (i < ours.size() && j < real.size() && ours[i].what == real[j].what) {
      compare_numbers(program, ours[i++], real[j++], out);
    } else if (j == real.size() || (i < ours.size() && length[i + 1][j] >= length[i][j + 1])) {
      out.push_back({program, ours[i].what, after(ours, i), "happens", "-"});
      ++i;
    } else {
      out.push_back({program, real[j].what, after(real, j), "-", "happens"});
      ++j;
    }
  }
  return out;
}

std::vector<RunDifference> unknown(const std::vector<RunDifference>& differences) {
  const auto rows = known_differences();
  std::vector<RunDifference> out;
  std::copy_if(differences.begin(), differences.end(), std::back_inserter(out), [&](const RunDifference& d) {
    return std::none_of(rows.begin(), rows.end(),
                        [&](const KnownDifference& row) { return excuses(row, d); });
  });
  return out;
}

}  // namespace gogoscope::oracle
