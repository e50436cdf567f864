// The instruction at a place of the text, as it is in memory: of a program that came without a listing.
#pragma once

#include <string>

#include "emu/guest/memory_view.h"

namespace gogoscope {

struct CodeText {
  std::string text;         ///< "mov rsp, qword ptr [rbx]"; "?" where nothing is mapped
  std::uint8_t length = 0;  ///< bytes
};

CodeText code_text(const MemoryView& memory, CodeAddr pc);

}  // namespace gogoscope
