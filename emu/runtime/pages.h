// The model's allocator: pages in order from the arena, never given back. Its state is guest memory:
// mheap_.curArena.base and .end, and for each kind of object a span {elemsize, bytes, next, end}.
#pragma once

#include "emu/runtime/function.h"

namespace gogoscope::runtime {

/// Adds the slots that take `bytes` (rounded up to pages of 8 KB) from the arena into `base`. Uses RAX.
void allocate_pages(GoFunction& f, Value bytes, Var base);

}  // namespace gogoscope::runtime
