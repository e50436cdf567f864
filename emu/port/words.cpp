#include "emu/port/words.h"

#include <fmt/format.h>

#include <vector>

namespace gogoscope {
std::string hex(std::uint64_t value) { return fmt::format("{:#x}", value); }

std::string hex_bytes(std::span<const std::byte> bytes) {
  std::string out;
  for (const std::byte b : bytes) {
    out += fmt::format("{}{:02x}", out.empty() ? "" : " ", std::to_integer<unsigned>(b));
  }
  return out;
}

std::string code_bytes(const MemoryView& memory, CodeAddr pc, std::size_t size) {
  std::vector<std::byte> bytes(size);
  return memory.read(Addr(pc.value()), bytes) ? hex_bytes(bytes) : std::string();
}

std::string_view step_kind(StepKind kind) {
  switch (kind) {
    case StepKind::instruction:
      return "insn";
    case StepKind::slot:
      return "line";
    case StepKind::edit:
      return "edit";
    case StepKind::thread:
      return "thread";
  }
  return {};
}

bool is_real(const Code& code, CodeAddr pc) {
  const Function* f = code.function_at(pc);
  return f != nullptr && (f->kind == FunctionKind::real || f->kind == FunctionKind::task);
}

}  // namespace gogoscope
