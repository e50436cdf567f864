// The function of a go statement that has arguments.
#pragma once

#include "emu/guest/guest.h"
#include "emu/guest/memory_view.h"

namespace gogoscope {

/// For `go f(x)` the compiler makes a function without parameters that calls f, and starts that: from Go 1.22
/// on it is called "main.main.gowrap1". This is the f that it calls, or null: of any other function, and of
/// one into which f was inlined.
const Function* called_by_go_wrapper(const Code& code, const MemoryView& memory, const Function& wrapper);

}  // namespace gogoscope
