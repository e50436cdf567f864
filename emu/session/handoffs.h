// Handoffs: the moments at which a goroutine gets the processor. In Go 1.16 that is when gogo's
// MOVQ gobuf_sp(BX), SP has run; here they follow from the events, so a changed listing is still described
// truly.
#pragma once

#include <cstdint>
#include <vector>

#include "emu/history/event.h"

namespace gogoscope {

/// The states just after each handoff, in order. A handoff is a `stack` event that brings an M's SP onto the
/// stack of an ordinary goroutine (no g0, no gsignal) which the M's curg has come to name since that M's last
/// `stack` event. So the way back from systemstack, where curg stays what it was, is none.
/// Cost: one look at every event.
std::vector<std::uint64_t> handoffs(const std::vector<Event>& events);

}  // namespace gogoscope
