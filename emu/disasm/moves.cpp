#include "emu/disasm/moves.h"

#include "emu/disasm/zydis.h"

namespace gogoscope {
namespace {

bool is_high_byte(ZydisRegister r) { return r >= ZYDIS_REGISTER_AH && r <= ZYDIS_REGISTER_BH; }

}  // namespace

Addr Move::address(const StateView& before) const {
  std::uint64_t at = static_cast<std::uint64_t>(disp);
  if (base >= 0) at += before.reg(static_cast<Reg>(base));
  if (index >= 0) at += before.reg(static_cast<Reg>(index)) * static_cast<std::uint64_t>(scale);
  if (fs_segment) at += before.reg(Reg::fs_base);
  return Addr(at);
}

std::optional<Move> plain_move(std::span<const std::byte> bytes, CodeAddr pc) {
  ZydisDecodedInstruction insn;
  ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
  if (bytes.empty() ||
      !ZYAN_SUCCESS(ZydisDecoderDecodeFull(&decoder(), bytes.data(), bytes.size(), &insn, operands)) ||
      insn.mnemonic != ZYDIS_MNEMONIC_MOV || insn.address_width != 64) {
    return std::nullopt;
  }
  const bool to_memory = operands[0].type == ZYDIS_OPERAND_TYPE_MEMORY;
  const ZydisDecodedOperand& memory = operands[to_memory ? 0 : 1];
  const ZydisDecodedOperand& value = operands[to_memory ? 1 : 0];
  if (memory.type != ZYDIS_OPERAND_TYPE_MEMORY || value.type != ZYDIS_OPERAND_TYPE_REGISTER) {
    return std::nullopt;
  }
  const auto reg = whole_register(value.reg.value);
  // The base of GS is not part of a state.
  if (!reg || is_high_byte(value.reg.value) || memory.mem.segment == ZYDIS_REGISTER_GS) return std::nullopt;

  Move move;
  move.reg = *reg;
  move.size = static_cast<std::uint8_t>(value.size / 8);
  move.to_memory = to_memory;
  move.base = register_number(memory.mem.base);
  move.index = register_number(memory.mem.index);
  move.scale = memory.mem.index == ZYDIS_REGISTER_NONE ? 1 : memory.mem.scale;
  move.disp = memory.mem.disp.has_displacement != 0 ? memory.mem.disp.value : 0;
  move.fs_segment = memory.mem.segment == ZYDIS_REGISTER_FS;
  if (memory.mem.base == ZYDIS_REGISTER_RIP) {
    move.base = -1;
    move.disp += static_cast<std::int64_t>(pc.value()) + insn.length;
  }
  return move;
}

}  // namespace gogoscope
