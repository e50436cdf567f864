// The allow-list: instructions of user mode on integers, and those of SSE and SSE2 (sse.h), whose whole
// effect the record can hold. Private to this folder.
#pragma once

#include <Zydis/Zydis.h>

#include <span>

#include "asm/text/message.h"

namespace gogoscope {

/// Why a guest may not execute the instruction, as a sentence that names it; empty if it may.
Message refusal(const ZydisDecodedInstruction& insn, std::span<const ZydisDecodedOperand> operands);

/// int3, int $3 and ud2 (UNDEF): compilers, systemstack and people put them where nothing should ever run.
bool is_trap(const ZydisDecodedInstruction& insn, std::span<const ZydisDecodedOperand> operands);

}  // namespace gogoscope
