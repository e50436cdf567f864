#include "tests/oracle/instructions.h"

#include <fmt/format.h>

#include <utility>

namespace gogoscope::oracle {

Encoded split_displacement(const std::string& bytes) {
  // CALL, INCQ of a variable, JLS. The recordings hold no others that both sides have.
  const std::pair<std::string, std::size_t> opcodes[] = {{"e8", 4}, {"48 ff 05", 4}, {"76", 1}};
  for (const auto& [opcode, size] : opcodes) {
    const std::size_t start = opcode.size() + 1;
    const std::size_t length = size * 3 - 1;
    if (bytes.rfind(opcode + " ", 0) != 0 || bytes.size() < start + length) continue;
    Encoded e{bytes, bytes.substr(start, length)};
    for (std::size_t i = 0; i < size; ++i) e.bytes.replace(start + i * 3, 2, "..");
    return e;
  }
  return {bytes, ""};
}

std::string bytes_at(const Code& code, const MemoryView& memory, CodeAddr pc) {
  std::string text;
  const Instruction* instruction = code.instruction_at(pc);
  const int size = instruction ? instruction->size : 0;
  for (int i = 0; i < size; ++i) {
    text += fmt::format("{}{:02x}", i == 0 ? "" : " ", memory.load_or_zero(Addr(pc.value()) + i, 1));
  }
  return text;
}

}  // namespace gogoscope::oracle
