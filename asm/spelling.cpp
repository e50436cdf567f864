#include "asm/spelling.h"

#include <algorithm>
#include <utility>

namespace plan9 {

std::string nearest(std::string_view wrong, const std::vector<std::string_view>& known) {
  if (wrong.empty() || wrong.size() > 40) return "";
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  // One letter in three may be wrong. A wrong, missing or additional letter costs 2, a swap of
  // neighbours 1, upper case for lower case nothing.
  const std::size_t limit = 2 * std::max<std::size_t>(1, wrong.size() / 3);
  std::size_t best = limit + 1;
  std::string found;
  std::vector<std::size_t> before, above, row;
  for (const std::string_view name : known) {
    const std::size_t gap =
        name.size() > wrong.size() ? name.size() - wrong.size() : wrong.size() - name.size();
    if (2 * gap >= best) continue;
    above.resize(name.size() + 1);
    row.resize(name.size() + 1);
    before.assign(name.size() + 1, 0);
    for (std::size_t j = 0; j <= name.size(); ++j) above[j] = 2 * j;
    for (std::size_t i = 1; i <= wrong.size(); ++i) {
      row[0] = 2 * i;
      for (std::size_t j = 1; j <= name.size(); ++j) {
        const bool same = lower(wrong[i - 1]) == lower(name[j - 1]);
        row[j] = std::min({above[j] + 2, row[j - 1] + 2, above[j - 1] + (same ? 0 : 2)});
        const bool swapped = i > 1 && j > 1 && lower(wrong[i - 1]) == lower(name[j - 2]) &&
                             lower(wrong[i - 2]) == lower(name[j - 1]);
        if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
      }
      std::swap(before, above);
      std::swap(above, row);
    }
    if (above[name.size()] < best) {
      best = above[name.size()];
      found = name;
    }
  }
  return found;
}

std::string did_you_mean(std::string_view wrong, const std::vector<std::string_view>& known) {
  const std::string name = nearest(wrong, known);
  return name.empty() ? "" : "; did you mean " + name + "?";
}

}  // namespace plan9
