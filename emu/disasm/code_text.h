// The instruction at a place of the text, as it is in memory: of a program that came without a listing.
#pragma once

#include <string>

#include "emu/guest/code.h"
#include "emu/guest/memory_view.h"

namespace gogoscope {

struct CodeText {
  std::string text;         ///< "mov rsp, qword ptr [rbx]"; "?" where nothing is mapped
  std::uint8_t length = 0;  ///< bytes
};

CodeText code_text(const MemoryView& memory, CodeAddr pc);

/// As people read it, with the names of the program: "call runtime.newproc", "jbe +0x9d" within a function,
/// "mov rax, qword ptr [rip + main.ball]".
CodeText named_code_text(const Code& code, const MemoryView& memory, CodeAddr pc);

/// What a program calls the place that an instruction of `in` refers to: a distance within that function.
/// Empty where nothing has a name.
std::string name_in(const Code& code, const Function* in, std::uint64_t address);

}  // namespace gogoscope
