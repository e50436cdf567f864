#include "emu/disasm/code_text.h"

#include <array>

#include "emu/disasm/disassemble.h"

namespace gogoscope {

CodeText code_text(const MemoryView& memory, CodeAddr pc) {
  std::array<std::byte, 15> bytes{};
  std::size_t there = bytes.size();
  // Where the text ends there is less.
  while (there > 0 && !memory.read(Addr(pc.value()), std::span(bytes).first(there))) --there;
  if (there == 0) return {"?", 0};
  const Disassembled read = disassemble(std::span(bytes).first(there), pc);
  return {read.text(), read.length};
}

}  // namespace gogoscope
