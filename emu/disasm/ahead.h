// Looking ahead in the straight line of code that a thread is in: is a value that is wrong now about to be
// replaced? Found by decoding, so that it holds for any listing.
#pragma once

#include <optional>

#include "emu/guest/code.h"
#include "emu/guest/memory_view.h"

namespace gogoscope {

/// Steps until an instruction replaces the register, before the next call, branch or return of the function
/// that the thread is in. Moving a register by an amount (PUSHQ, SUBQ $8, SP) replaces nothing. Looks at most
/// 64 instructions ahead. Cost: about 100 ns for each.
std::optional<int> steps_until_replaced(const Code& code, const StateView& state, ThreadId thread, Reg reg);
/// The same for a store that covers the 8 bytes at `addr`.
std::optional<int> steps_until_stored(const Code& code, const StateView& state, ThreadId thread, Addr addr);

}  // namespace gogoscope
