// What the allow-list has of SSE and SSE2: all that works on xmm registers, but for RCPPS, RSQRTPS
// (processors differ) and MASKMOVDQU (no program of today has it). Later extensions (SSSE3, SSE4.1, ...) are
// behind flags of CPUID, and MMX shares the registers of x87. Private to this folder.
//
// What the engine does otherwise than a processor is listed in tests/emu/sse_host_test.cpp.
#pragma once

#include <Zydis/Zydis.h>

#include <span>

namespace gogoscope {

/// Of SSE or SSE2. Fences and prefetches are, too.
bool is_sse(const ZydisDecodedInstruction& insn);

/// Those of is_sse that a guest may execute on xmm registers.
bool listed_sse(ZydisMnemonic m);

/// One of 66, F2, F3 beside the one that makes the instruction what it is.
bool has_idle_prefix(const ZydisDecodedInstruction& insn);

/// CMPPS and its like with a predicate that only AVX has: of 8 bits the processor looks at 3, the engine at
/// all.
bool has_unknown_predicate(const ZydisDecodedInstruction& insn,
                           std::span<const ZydisDecodedOperand> operands);

/// Whether the processor wants this operand in memory at a multiple of 16.
bool needs_alignment(ZydisMnemonic m, const ZydisDecodedOperand& operand);

}  // namespace gogoscope
