// A step in words: its number and where it is.
#pragma once

#include "asm/text/message.h"
#include "emu/history/trace.h"

namespace gogoscope {

/// "step 812, at runtime.gogo+0x23, `MOVQ gobuf_sp(BX), SP` (gogo.s:13)". Cost: that of going there.
Message step_place(std::uint64_t step, const Trace& trace);

}  // namespace gogoscope
