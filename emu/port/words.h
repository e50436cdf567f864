// How the writers spell values and texts. Private to this folder.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "asm/text/printable.h"
#include "emu/guest/guest.h"
#include "emu/history/trace.h"

namespace gogoscope {

/// "0x4c0000"
std::string hex(std::uint64_t value);
/// "48 8b 23"
std::string hex_bytes(std::span<const std::byte> bytes);
/// Bytes of the guest's text; empty if unmapped.
std::string code_bytes(const MemoryView& memory, CodeAddr pc, std::size_t size);

/// "insn", "line", "edit" or "thread".
std::string_view step_kind(StepKind kind);
/// Whether a Go toolchain emits the bytes at `pc`; false in modelled functions.
bool is_real(const Code& code, CodeAddr pc);

}  // namespace gogoscope
