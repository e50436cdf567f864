// What names each g: m.curg, a run queue, a free list.
#pragma once

#include <string>
#include <unordered_map>

#include "emu/session/views/moment.h"

namespace gogoscope {

/// By the g's address: "m0.curg, p0.runq[3]"; a g that nothing names is left out. Walks are bounded: a
/// corrupted link must not hang the caller. Cost: a load for each entity and each g in a list.
std::unordered_map<std::uint64_t, std::string> named_by(const MomentView& moment);

}  // namespace gogoscope
