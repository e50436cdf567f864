#include "emu/disasm/code_text.h"

#include <fmt/format.h>

#include <array>
#include <span>

#include "emu/disasm/decode.h"
#include "emu/disasm/disassemble.h"
#include "emu/disasm/named_operands.h"

namespace gogoscope {
namespace {

using Bytes = std::array<std::byte, 15>;

/// The bytes that are there, 15 at most: where the text ends there are fewer.
std::span<const std::byte> bytes_at(const MemoryView& memory, CodeAddr pc, Bytes& room) {
  std::size_t there = room.size();
  while (there > 0 && !memory.read(Addr(pc.value()), std::span(room).first(there))) --there;
  return std::span(room).first(there);
}

}  // namespace

CodeText code_text(const MemoryView& memory, CodeAddr pc) {
  Bytes room{};
  const std::span<const std::byte> bytes = bytes_at(memory, pc, room);
  if (bytes.empty()) return {"?", 0};
  const Disassembled read = disassemble(bytes, pc);
  return {read.text(), read.length};
}

CodeText named_code_text(const Code& code, const MemoryView& memory, CodeAddr pc) {
  Bytes room{};
  const std::span<const std::byte> bytes = bytes_at(memory, pc, room);
  if (bytes.empty()) return {"?", 0};
  Disassembled read = disassemble(bytes, pc);
  const Function* const function = code.function_at(pc);
  read.operands = named_operands(read, decode(bytes, pc), pc,
                                 [&](std::uint64_t address) { return name_in(code, function, address); });
  return {read.text(), read.length};
}

std::string name_in(const Code& code, const Function* in, std::uint64_t address) {
  const CodeAddr pc(address);
  if (const Function* const there = code.function_at(pc)) {
    return there == in && pc != there->entry ? fmt::format("+{:#x}", pc - there->entry) : code.symbolize(pc);
  }
  const DataSymbol* const data = code.data_at(Addr(address));
  if (data == nullptr) return {};
  const auto inside = static_cast<std::uint64_t>(Addr(address) - data->addr);
  return inside == 0 ? data->name : fmt::format("{}+{:#x}", data->name, inside);
}

}  // namespace gogoscope
