#include "emu/disasm/effect.h"

#include "emu/disasm/zydis.h"

namespace gogoscope {
namespace {

bool reads(const ZydisDecodedOperand& op, Reg r) {
  if (op.type == ZYDIS_OPERAND_TYPE_REGISTER) {
    return (op.actions & ZYDIS_OPERAND_ACTION_MASK_READ) != 0 && whole_register(op.reg.value) == r;
  }
  // LEAQ 8(SP), SP moves SP; MOVQ 8(SP), SP puts something else in its place.
  return op.type == ZYDIS_OPERAND_TYPE_MEMORY && op.mem.type == ZYDIS_MEMOP_TYPE_AGEN &&
         (whole_register(op.mem.base) == r || whole_register(op.mem.index) == r);
}

void note_store(Effect& out, const ZydisDecodedOperand& op, CodeAddr pc) {
  out.stores = true;
  out.store_size = static_cast<std::uint8_t>(op.size / 8);
  out.base = register_number(op.mem.base);
  out.index = register_number(op.mem.index);
  out.scale = op.mem.index == ZYDIS_REGISTER_NONE ? 1 : op.mem.scale;
  out.disp = op.mem.disp.has_displacement != 0 ? op.mem.disp.value : 0;
  out.fs_segment = op.mem.segment == ZYDIS_REGISTER_FS;
  if (op.mem.base == ZYDIS_REGISTER_RIP) {
    out.base = -1;
    out.disp += static_cast<std::int64_t>(pc.value()) + out.length;
  }
}

}  // namespace

Effect effect_of(std::span<const std::byte> bytes, CodeAddr pc) {
  Effect out;
  ZydisDecodedInstruction insn;
  ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
  if (bytes.empty() ||
      !ZYAN_SUCCESS(ZydisDecoderDecodeFull(&decoder(), bytes.data(), bytes.size(), &insn, operands))) {
    return out;
  }
  out.length = insn.length;
  switch (insn.meta.category) {
    case ZYDIS_CATEGORY_CALL:
    case ZYDIS_CATEGORY_RET:
    case ZYDIS_CATEGORY_COND_BR:
    case ZYDIS_CATEGORY_UNCOND_BR:
    case ZYDIS_CATEGORY_INTERRUPT:
      out.leaves = true;
      return out;
    default:
      break;
  }
  for (int i = 0; i < insn.operand_count; ++i) {
    const ZydisDecodedOperand& op = operands[i];
    if ((op.actions & ZYDIS_OPERAND_ACTION_MASK_WRITE) == 0) continue;
    if (op.type == ZYDIS_OPERAND_TYPE_MEMORY && op.visibility != ZYDIS_OPERAND_VISIBILITY_HIDDEN) {
      note_store(out, op, pc);
    }
    if (op.type != ZYDIS_OPERAND_TYPE_REGISTER) continue;
    const auto r = whole_register(op.reg.value);
    if (!r) continue;
    out.written |= bit(*r);
    bool depends = (op.actions & ZYDIS_OPERAND_ACTION_MASK_READ) != 0 || op.size < 32;
    for (int k = 0; k < insn.operand_count; ++k) depends = depends || reads(operands[k], *r);
    if (!depends) out.replaced |= bit(*r);
  }
  return out;
}

}  // namespace gogoscope
