// Operands with names in place of addresses: "runtime.newproc" of a call, "[rip + runtime.writeBarrier]" of a
// variable. What an address is called is the caller's to say: it knows the program.
#pragma once

#include <functional>
#include <string>

#include "emu/disasm/decode.h"
#include "emu/disasm/disassemble.h"

namespace gogoscope {

/// The name of what is at an address of code or data; empty where nothing has a name.
using NameAt = std::function<std::string(std::uint64_t address)>;

/// The operands of the instruction at `pc`: of a direct branch where it goes, and of an operand relative to
/// RIP what is there. Unchanged where that has no name.
std::string named_operands(const Disassembled& read, const Decoded& decoded, CodeAddr pc,
                           const NameAt& name_at);

}  // namespace gogoscope
