#include "emu/guest/line_table.h"

#include <algorithm>

namespace gogoscope {
namespace {

/// Compilers leave no such runs of rows that are no statements; a forged table must not cost more.
constexpr int kMostRowsBack = 64;

bool same_line(const LineRow& a, const LineRow& b) { return a.file == b.file && a.line == b.line; }

}  // namespace

const LineRow* row_at(std::span<const LineRow> rows, CodeAddr pc) {
  const auto after = std::upper_bound(rows.begin(), rows.end(), pc,
                                      [](CodeAddr p, const LineRow& row) { return p < row.pc; });
  if (after == rows.begin()) return nullptr;
  const LineRow& row = *std::prev(after);
  return row.line == 0 ? nullptr : &row;
}

bool row_starts_line(std::span<const LineRow> rows, CodeAddr pc) {
  const LineRow* const here = row_at(rows, pc);
  if (here == nullptr || here->pc != pc || !here->is_stmt) return false;
  const LineRow* const first = rows.data();
  for (const LineRow* row = here; row != first && here - row < kMostRowsBack; --row) {
    const LineRow& before = *(row - 1);
    if (!same_line(before, *here)) return true;
    if (before.is_stmt) return false;
  }
  return true;
}

}  // namespace gogoscope
