// Which line of which source a PC belongs to, as a program's line table says.
#pragma once

#include <cstdint>
#include <span>

#include "emu/guest/address.h"

namespace gogoscope {

/// A row: what holds from its PC to that of the next row.
struct LineRow {
  CodeAddr pc;
  std::uint32_t file = 0;  ///< index into the sources
  std::uint32_t line = 0;  ///< counts from 1; 0: from here on no line is known
  bool is_stmt = false;    ///< a debugger may stop here to stand on the line
  bool operator==(const LineRow&) const = default;
};

// Of rows by PC, no two with the same one. Cost: a binary search.

/// The row that holds at `pc`, or null where no line is known.
const LineRow* row_at(std::span<const LineRow> rows, CodeAddr pc);
/// Whether a debugger that steps by lines stops at `pc`: the first statement of an unbroken run of rows of
/// the same line begins there. A compiler makes more rows than that, one for each place in which a line might
/// be stopped at.
bool row_starts_line(std::span<const LineRow> rows, CodeAddr pc);

}  // namespace gogoscope
