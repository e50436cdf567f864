// Looking ahead in the straight line of code that a thread is in: is a value that is wrong now about to be
// replaced? Found by decoding, so that it holds for any listing. Private to this folder.
#pragma once

#include <optional>

#include "emu/check/world.h"

namespace gogoscope::check {

/// Steps until an instruction replaces the register, before the next call, branch or return of the function
/// that the thread is in. Moving a register by an amount (PUSHQ, SUBQ $8, SP) replaces nothing.
std::optional<int> steps_until_replaced(const World& world, const WorldM& m, Reg reg);
/// The same for a store that covers the 8 bytes at `addr`.
std::optional<int> steps_until_stored(const World& world, const WorldM& m, Addr addr);

}  // namespace gogoscope::check
