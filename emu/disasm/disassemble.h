// Capstone's text of an instruction, Intel syntax.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "emu/guest/address.h"

namespace gogoscope {

struct Disassembled {
  std::uint8_t length = 0;
  std::string mnemonic;  ///< "mov"
  std::string operands;  ///< "rsp, qword ptr [rbx]"
  std::string text() const { return operands.empty() ? mnemonic : mnemonic + " " + operands; }
};

/// Operands as people write them: the TLS slot is at -8(FS), not at the end of the address space.
std::string readable_operands(std::string operands);

/// The instruction at the start of `bytes`; length 0 and "(bad)" where there is none.
Disassembled disassemble(std::span<const std::byte> bytes, CodeAddr pc);

}  // namespace gogoscope
