// Whether a switch of stacks explains that TLS and SP name different gs. Every panel and traceback that
// says "the switch is under way" asks here; sp-in-tls-g is judged by the same look at the code ahead.
#pragma once

#include <cstdint>

#include "emu/guest/guest.h"
#include "emu/layout/entities.h"

namespace gogoscope {

enum class Switching : std::uint8_t {
  none,         ///< nothing that the thread is about to do makes the two agree again
  under_way,    ///< between the g0 of the thread's M and its curg
  not_to_curg,  ///< between that g0 and another goroutine than m.curg
};

/// `tls` is the g that the thread's TLS names, `sp` the g whose stack its SP is on; null where there is
/// none. A switch is from a g0 to a goroutine or back, and one of the two is replaced within the same
/// straight line of code. Cost: some microseconds.
Switching switching(const Guest& guest, const StateView& state, const Entities& entities, ThreadId thread,
                    const Entity* tls, const Entity* sp);

}  // namespace gogoscope
