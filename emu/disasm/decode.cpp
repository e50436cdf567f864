#include "emu/disasm/decode.h"

#include "emu/disasm/allowed.h"
#include "emu/disasm/sse.h"
#include "emu/disasm/zydis.h"

namespace gogoscope {
namespace {

std::uint32_t written_registers(const ZydisDecodedInstruction& insn,
                                std::span<const ZydisDecodedOperand> operands) {
  std::uint32_t written = 0;
  for (const ZydisDecodedOperand& op : operands) {
    if (op.type != ZYDIS_OPERAND_TYPE_REGISTER || (op.actions & ZYDIS_OPERAND_ACTION_MASK_WRITE) == 0)
      continue;
    if (const auto r = whole_register(op.reg.value)) written |= bit(*r);
  }
  if (const ZydisAccessedFlags* flags = insn.cpu_flags) {
    if ((flags->modified | flags->set_0 | flags->set_1 | flags->undefined) != 0) written |= bit(Reg::rflags);
  }
  // String instructions move their pointers; the tables name them only as bases of memory operands. A
  // repeat prefix counts RCX down, and CPUs take either prefix for one that repeats.
  if (insn.meta.category == ZYDIS_CATEGORY_STRINGOP) written |= bit(Reg::rsi) | bit(Reg::rdi) | bit(Reg::rcx);
  return written;
}

constexpr std::uint32_t kCarry = 1, kOverflow = 0x800;

/// The effect of a shift or rotation by `count`, which the processor has cut to 5 or 6 bits. The tables give
/// one set of flags for all counts: they call OF undefined.
FlagEffect shifted_by(const Decoded& shift, unsigned count) {
  FlagEffect out = shift.flags;
  if (count == 0) return {out.tested, 0, 0};
  if (count == 1) {
    out.undefined &= ~kOverflow;
    out.defined |= kOverflow;
  }
  if (shift.loses_carry && count >= shift.width) out.undefined |= kCarry;
  if (shift.two_words && count > shift.width) out.undefined |= out.defined;
  out.defined &= ~out.undefined;
  return out;
}

constexpr unsigned cut_count(std::uint64_t count, unsigned width) {
  return static_cast<unsigned>(count & (width == 64 ? 63 : 31));
}

void describe_flags(Decoded& out, const ZydisDecodedInstruction& insn,
                    std::span<const ZydisDecodedOperand> operands) {
  if (insn.cpu_flags == nullptr) return;
  const ZydisAccessedFlags& flags = *insn.cpu_flags;
  out.flags = {flags.tested, flags.modified | flags.set_0 | flags.set_1, flags.undefined};
  switch (insn.meta.category) {
    case ZYDIS_CATEGORY_STRINGOP:
      out.repeated =
          (insn.attributes & (ZYDIS_ATTRIB_HAS_REP | ZYDIS_ATTRIB_HAS_REPE | ZYDIS_ATTRIB_HAS_REPNE)) != 0;
      out.flags_by_count = out.repeated && out.flags.defined != 0;
      return;
    case ZYDIS_CATEGORY_SHIFT:
    case ZYDIS_CATEGORY_ROTATE:
      break;
    default:
      return;
  }
  out.width = static_cast<std::uint8_t>(operands.front().size);
  out.loses_carry = insn.mnemonic == ZYDIS_MNEMONIC_SHL || insn.mnemonic == ZYDIS_MNEMONIC_SHR;
  out.two_words = insn.mnemonic == ZYDIS_MNEMONIC_SHLD || insn.mnemonic == ZYDIS_MNEMONIC_SHRD;
  for (const ZydisDecodedOperand& op : operands.subspan(1)) {
    if (op.type == ZYDIS_OPERAND_TYPE_IMMEDIATE) {
      out.flags = shifted_by(out, cut_count(op.imm.value.u, out.width));
      return;
    }
    out.flags_by_count = out.flags_by_count || op.reg.value == ZYDIS_REGISTER_CL;
  }
}

void describe_address(Decoded& out, const ZydisDecodedOperandMem& mem) {
  out.base = register_number(mem.base);
  out.index = register_number(mem.index);
  out.scale = mem.index == ZYDIS_REGISTER_NONE ? 1 : mem.scale;
  out.disp = mem.disp.has_displacement != 0 ? mem.disp.value : 0;
  out.fs_segment = mem.segment == ZYDIS_REGISTER_FS;
}

void describe_branch(Decoded& out, const ZydisDecodedInstruction& insn,
                     std::span<const ZydisDecodedOperand> operands, CodeAddr pc) {
  if (insn.meta.category == ZYDIS_CATEGORY_RET) {
    out.branch = Branch::ret;
    out.target_in_memory = true;
    out.base = static_cast<int>(Reg::rsp);
    return;
  }
  const bool call = insn.meta.category == ZYDIS_CATEGORY_CALL;
  const bool conditional = insn.meta.category == ZYDIS_CATEGORY_COND_BR;
  if ((!call && !conditional && insn.meta.category != ZYDIS_CATEGORY_UNCOND_BR) || operands.empty()) return;

  const ZydisDecodedOperand& op = operands.front();
  if (op.type == ZYDIS_OPERAND_TYPE_IMMEDIATE) {
    out.branch = conditional ? Branch::conditional : call ? Branch::call : Branch::jump;
    ZyanU64 target = 0;
    ZydisCalcAbsoluteAddress(&insn, &op, pc.value(), &target);
    out.target = target;
    return;
  }
  out.branch = call ? Branch::indirect_call : Branch::indirect_jump;
  if (op.type == ZYDIS_OPERAND_TYPE_REGISTER) out.base = register_number(op.reg.value);
  if (op.type == ZYDIS_OPERAND_TYPE_MEMORY) {
    out.target_in_memory = true;
    describe_address(out, op.mem);
  }
}

void describe_memory(Decoded& out, const ZydisDecodedInstruction& insn,
                     std::span<const ZydisDecodedOperand> operands) {
  if (insn.mnemonic == ZYDIS_MNEMONIC_NOP) return;
  for (const ZydisDecodedOperand& op : operands) {
    if (op.type != ZYDIS_OPERAND_TYPE_MEMORY || op.mem.type == ZYDIS_MEMOP_TYPE_AGEN) continue;
    const int base = register_number(op.mem.base);
    const bool stack = base == static_cast<int>(Reg::rsp) || base == static_cast<int>(Reg::rbp);
    if (stack && op.visibility == ZYDIS_OPERAND_VISIBILITY_HIDDEN) continue;
    (stack || op.mem.segment == ZYDIS_REGISTER_FS ? out.own_memory : out.memory) = true;
  }
}

Service service_of(ZydisMnemonic mnemonic) {
  switch (mnemonic) {
    case ZYDIS_MNEMONIC_SYSCALL:
      return Service::system_call;
    case ZYDIS_MNEMONIC_CPUID:
      return Service::cpuid;
    case ZYDIS_MNEMONIC_RDTSC:
      return Service::time_stamp;
    default:
      return Service::none;
  }
}

void describe_sse(Decoded& out, const ZydisDecodedInstruction& insn,
                  std::span<const ZydisDecodedOperand> operands) {
  out.loads_mxcsr = insn.mnemonic == ZYDIS_MNEMONIC_LDMXCSR;
  for (const ZydisDecodedOperand& op : operands) {
    if (op.type == ZYDIS_OPERAND_TYPE_REGISTER && (op.actions & ZYDIS_OPERAND_ACTION_MASK_WRITE) != 0) {
      if (const auto reg = sse_register(op.reg.value)) out.sse |= bit(*reg);
    }
    if (op.type != ZYDIS_OPERAND_TYPE_MEMORY) continue;
    out.aligned = out.aligned || needs_alignment(insn.mnemonic, op);
    if (out.aligned || out.loads_mxcsr) describe_address(out, op.mem);
  }
}

Message undecodable(ZyanStatus status) {
  switch (status) {
    case ZYDIS_STATUS_NO_MORE_DATA:
      return {{"the instruction runs past the end of the text", "这条指令超出了代码的末尾"}};
    case ZYDIS_STATUS_ILLEGAL_LOCK:
      return {{"the lock prefix is not legal on this instruction", "这条指令不能带 lock 前缀"}};
    case ZYDIS_STATUS_INSTRUCTION_TOO_LONG:
      return {{"the instruction is longer than 15 bytes", "这条指令超过 15 字节"}};
    case ZYDIS_STATUS_BAD_REGISTER:
      return {{"the instruction names a register that does not exist", "这条指令用了一个不存在的寄存器"}};
    default:
      return {{"these bytes are not an instruction", "这些字节不是一条指令"}};
  }
}

}  // namespace

FlagEffect Decoded::flags_with(std::uint64_t rcx) const {
  if (!flags_by_count) return flags;
  if (repeated) return rcx == 0 ? FlagEffect{flags.tested, 0, 0} : flags;
  return shifted_by(*this, cut_count(rcx, width));
}

Decoded decode(std::span<const std::byte> bytes, CodeAddr pc) {
  Decoded out;
  ZydisDecodedInstruction insn;
  ZydisDecodedOperand all[ZYDIS_MAX_OPERAND_COUNT];
  const ZyanStatus status = bytes.empty()
                                ? ZYDIS_STATUS_NO_MORE_DATA
                                : ZydisDecoderDecodeFull(&decoder(), bytes.data(), bytes.size(), &insn, all);
  if (!ZYAN_SUCCESS(status)) {
    out.refusal = undecodable(status);
    return out;
  }
  const std::span<const ZydisDecodedOperand> operands(all, insn.operand_count);
  out.length = insn.length;
  out.refusal = refusal(insn, operands);
  out.trap = is_trap(insn, operands);
  out.allowed = out.refusal.empty();
  out.service = service_of(insn.mnemonic);
  out.written = out.trap ? 0 : written_registers(insn, operands);
  describe_flags(out, insn, operands);
  describe_memory(out, insn, operands);
  describe_branch(out, insn, operands, pc);
  if (is_sse(insn)) describe_sse(out, insn, operands);
  if (insn.mnemonic == ZYDIS_MNEMONIC_POPFQ) {
    out.loads_flags = true;
    out.base = static_cast<int>(Reg::rsp);
  }
  return out;
}

}  // namespace gogoscope
