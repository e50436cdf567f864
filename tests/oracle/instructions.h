// Bytes of an instruction, as recordings spell them.
#pragma once

#include <string>

#include "emu/guest/code.h"
#include "emu/guest/memory_view.h"

namespace gogoscope::oracle {

/// An instruction in two parts: what its text says, and the distance to a symbol or label that the linker or
/// the assembler filled in (empty if it has none).
struct Encoded {
  std::string bytes;  ///< "e8 .. .. .. .."
  std::string displacement;
};
/// From "e8 5a c5 fd ff".
Encoded split_displacement(const std::string& bytes);
/// The bytes at `pc`, spelled that way.
std::string bytes_at(const Code& code, const MemoryView& memory, CodeAddr pc);

}  // namespace gogoscope::oracle
