// When the PC counts as having come to a place. An edit leaves it where it is, and a thread whose turn comes
// again is where it was: neither is a visit.
#pragma once

#include <vector>

#include "emu/history/cursor.h"

namespace gogoscope {

/// Whether the PC is at one of the places and has come there with the step before. The start of a run and the
/// first turn of a thread count. Cost: some ns where the PC is elsewhere.
bool arrives_at(const std::vector<CodeAddr>& places, const Cursor& at);

/// Whether stepping by lines stops at this moment: a line begins at PC, or, in a program, a loop within one
/// line has jumped back.
bool starts_line(const Cursor& at);

}  // namespace gogoscope
