// Zydis in our words: one decoder, and its registers as ours. Private to this folder.
#pragma once

#include <Zydis/Zydis.h>

#include <optional>

#include "emu/guest/registers.h"
#include "emu/guest/sse.h"

namespace gogoscope {

const ZydisDecoder& decoder();

/// Our number of a general-purpose register, whichever part of it is named.
std::optional<Reg> whole_register(ZydisRegister r);

/// The same as a number, RIP included; -1 for every other register.
int register_number(ZydisRegister r);

/// Nothing for every other register, those of AVX included.
std::optional<SseReg> sse_register(ZydisRegister r);

}  // namespace gogoscope
