// runtime1.go, acquirem and releasem, which Go inlines: while m.locks is not 0, sysmon does not preempt this
// M's goroutine.
#pragma once

#include "emu/runtime/function.h"
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

/// getg().m.locks += n. Only this M touches it.
Body add_to_locks(const Go& go, std::uint64_t n);

/// The slot of acquirem(): m.locks++.
void acquirem(GoFunction& f, const Go& go);

/// The slots of releasem(mp): m.locks--, and a preemption that was asked for meanwhile is asked for again.
void releasem(GoFunction& f, const Go& go);

}  // namespace gogoscope::runtime
