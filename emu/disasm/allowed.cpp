#include "emu/disasm/allowed.h"

#include <optional>

#include "emu/disasm/sse.h"

namespace gogoscope {
namespace {

/// Mnemonics that are fine as long as their operands are. A mnemonic may have a vector twin of the same name
/// (movsd, cmpsd): operands tell them apart.
bool listed(ZydisMnemonic m) {
  switch (m) {
    // moves
    case ZYDIS_MNEMONIC_MOV:
    case ZYDIS_MNEMONIC_MOVSX:
    case ZYDIS_MNEMONIC_MOVSXD:
    case ZYDIS_MNEMONIC_MOVZX:
    case ZYDIS_MNEMONIC_LEA:
    case ZYDIS_MNEMONIC_XCHG:
    case ZYDIS_MNEMONIC_BSWAP:
    case ZYDIS_MNEMONIC_PUSH:
    case ZYDIS_MNEMONIC_POP:
    case ZYDIS_MNEMONIC_PUSHFQ:
    case ZYDIS_MNEMONIC_POPFQ:  // what it loads is looked at before it runs
    case ZYDIS_MNEMONIC_LEAVE:
    case ZYDIS_MNEMONIC_CBW:
    case ZYDIS_MNEMONIC_CWDE:
    case ZYDIS_MNEMONIC_CDQE:
    case ZYDIS_MNEMONIC_CWD:
    case ZYDIS_MNEMONIC_CDQ:
    case ZYDIS_MNEMONIC_CQO:
    // arithmetic
    case ZYDIS_MNEMONIC_ADD:
    case ZYDIS_MNEMONIC_ADC:
    case ZYDIS_MNEMONIC_SUB:
    case ZYDIS_MNEMONIC_SBB:
    case ZYDIS_MNEMONIC_CMP:
    case ZYDIS_MNEMONIC_INC:
    case ZYDIS_MNEMONIC_DEC:
    case ZYDIS_MNEMONIC_NEG:
    case ZYDIS_MNEMONIC_MUL:
    case ZYDIS_MNEMONIC_IMUL:
    case ZYDIS_MNEMONIC_DIV:
    case ZYDIS_MNEMONIC_IDIV:
    // logic, shifts, bits
    case ZYDIS_MNEMONIC_AND:
    case ZYDIS_MNEMONIC_OR:
    case ZYDIS_MNEMONIC_XOR:
    case ZYDIS_MNEMONIC_NOT:
    case ZYDIS_MNEMONIC_TEST:
    case ZYDIS_MNEMONIC_SHL:
    case ZYDIS_MNEMONIC_SHR:
    case ZYDIS_MNEMONIC_SAR:
    case ZYDIS_MNEMONIC_ROL:
    case ZYDIS_MNEMONIC_ROR:
    case ZYDIS_MNEMONIC_RCL:
    case ZYDIS_MNEMONIC_RCR:
    case ZYDIS_MNEMONIC_SHLD:
    case ZYDIS_MNEMONIC_SHRD:
    case ZYDIS_MNEMONIC_BT:
    case ZYDIS_MNEMONIC_BTS:
    case ZYDIS_MNEMONIC_BTR:
    case ZYDIS_MNEMONIC_BTC:
    case ZYDIS_MNEMONIC_BSF:
    case ZYDIS_MNEMONIC_BSR:
    // atomics
    case ZYDIS_MNEMONIC_XADD:
    case ZYDIS_MNEMONIC_CMPXCHG:
    // flags
    case ZYDIS_MNEMONIC_CLC:
    case ZYDIS_MNEMONIC_STC:
    case ZYDIS_MNEMONIC_CMC:
    case ZYDIS_MNEMONIC_CLD:
    case ZYDIS_MNEMONIC_STD:
    case ZYDIS_MNEMONIC_LAHF:
    case ZYDIS_MNEMONIC_SAHF:
    // strings
    case ZYDIS_MNEMONIC_MOVSB:
    case ZYDIS_MNEMONIC_MOVSW:
    case ZYDIS_MNEMONIC_MOVSD:
    case ZYDIS_MNEMONIC_MOVSQ:
    case ZYDIS_MNEMONIC_STOSB:
    case ZYDIS_MNEMONIC_STOSW:
    case ZYDIS_MNEMONIC_STOSD:
    case ZYDIS_MNEMONIC_STOSQ:
    case ZYDIS_MNEMONIC_LODSB:
    case ZYDIS_MNEMONIC_LODSW:
    case ZYDIS_MNEMONIC_LODSD:
    case ZYDIS_MNEMONIC_LODSQ:
    case ZYDIS_MNEMONIC_CMPSB:
    case ZYDIS_MNEMONIC_CMPSW:
    case ZYDIS_MNEMONIC_CMPSD:
    case ZYDIS_MNEMONIC_CMPSQ:
    case ZYDIS_MNEMONIC_SCASB:
    case ZYDIS_MNEMONIC_SCASW:
    case ZYDIS_MNEMONIC_SCASD:
    case ZYDIS_MNEMONIC_SCASQ:
    // around memory: one thread moves at a time, so the order of its accesses is the order of the text
    case ZYDIS_MNEMONIC_MFENCE:
    case ZYDIS_MNEMONIC_LFENCE:
    case ZYDIS_MNEMONIC_SFENCE:
    case ZYDIS_MNEMONIC_MOVNTI:
    case ZYDIS_MNEMONIC_PREFETCHT0:
    case ZYDIS_MNEMONIC_PREFETCHT1:
    case ZYDIS_MNEMONIC_PREFETCHT2:
    case ZYDIS_MNEMONIC_PREFETCHNTA:
    // no effect
    case ZYDIS_MNEMONIC_NOP:
    case ZYDIS_MNEMONIC_PAUSE:
    case ZYDIS_MNEMONIC_ENDBR64:
    // branches
    case ZYDIS_MNEMONIC_CALL:
    case ZYDIS_MNEMONIC_JMP:
    case ZYDIS_MNEMONIC_RET:
      return true;
    default:
      return false;
  }
}

/// Families that the tables group by themselves: jcc and loop, setcc, cmovcc.
bool listed(ZydisInstructionCategory c, ZydisISASet isa) {
  if (c == ZYDIS_CATEGORY_COND_BR) return isa == ZYDIS_ISA_SET_I86 || isa == ZYDIS_ISA_SET_LONGMODE;
  if (c == ZYDIS_CATEGORY_SETCC) return true;
  return c == ZYDIS_CATEGORY_CMOV && isa == ZYDIS_ISA_SET_CMOV;
}

constexpr Pattern kPrivileged{"{name} is a privileged instruction", "{name} 是特权指令"};

/// What is special about an instruction that no operand shows; nothing if nothing is.
std::optional<Pattern> known_reason(const ZydisDecodedInstruction& insn) {
  switch (insn.mnemonic) {
    case ZYDIS_MNEMONIC_SYSCALL:
    case ZYDIS_MNEMONIC_SYSENTER:
    case ZYDIS_MNEMONIC_INT:
    case ZYDIS_MNEMONIC_INT1:
      return Pattern("{name} calls the kernel, and the guest has none",
                     "{name} 会调用内核，而客户机没有内核");
    case ZYDIS_MNEMONIC_UD0:
    case ZYDIS_MNEMONIC_UD1:
      return Pattern("{name} raises an invalid-opcode exception", "{name} 会引发无效操作码异常");
    case ZYDIS_MNEMONIC_RDTSC:
    case ZYDIS_MNEMONIC_RDTSCP:
    case ZYDIS_MNEMONIC_RDRAND:
    case ZYDIS_MNEMONIC_RDSEED:
    case ZYDIS_MNEMONIC_RDPMC:
      return Pattern("{name} differs from run to run", "{name} 每次运行的结果都不同");
    case ZYDIS_MNEMONIC_CPUID:
    case ZYDIS_MNEMONIC_XGETBV:
      return Pattern("{name} depends on the CPU", "{name} 的结果取决于 CPU");
    case ZYDIS_MNEMONIC_RCPPS:
    case ZYDIS_MNEMONIC_RCPSS:
    case ZYDIS_MNEMONIC_RSQRTPS:
    case ZYDIS_MNEMONIC_RSQRTSS:
      return Pattern("{name} gives other bits on other processors", "{name} 在不同的处理器上结果不同");
    case ZYDIS_MNEMONIC_POPF:
      return Pattern("{name} writes system flags", "{name} 会写系统标志位");
    case ZYDIS_MNEMONIC_CLI:
    case ZYDIS_MNEMONIC_STI:
    case ZYDIS_MNEMONIC_HLT:
    case ZYDIS_MNEMONIC_IRET:
    case ZYDIS_MNEMONIC_IRETD:
    case ZYDIS_MNEMONIC_IRETQ:
    case ZYDIS_MNEMONIC_SWAPGS:
    case ZYDIS_MNEMONIC_LGDT:
    case ZYDIS_MNEMONIC_LIDT:
    case ZYDIS_MNEMONIC_LLDT:
    case ZYDIS_MNEMONIC_LTR:
      return kPrivileged;
    default:
      break;
  }
  if (insn.meta.category == ZYDIS_CATEGORY_IO || insn.meta.category == ZYDIS_CATEGORY_IOSTRINGOP) {
    return Pattern("{name} accesses I/O ports", "{name} 会访问 I/O 端口");
  }
  if ((insn.attributes & ZYDIS_ATTRIB_IS_PRIVILEGED) != 0) return kPrivileged;
  if (insn.meta.branch_type == ZYDIS_BRANCH_TYPE_FAR)
    return Pattern("{name} is a far transfer", "{name} 是远转移");
  return std::nullopt;
}

/// The complaint about one operand; empty if there is none.
Message operand_refusal(const Argument& name, const ZydisDecodedOperand& op) {
  if (op.type == ZYDIS_OPERAND_TYPE_REGISTER) {
    if (op.reg.value == ZYDIS_REGISTER_MXCSR) return {};
    const Argument reg("reg", std::string(ZydisRegisterGetString(op.reg.value)));
    switch (ZydisRegisterGetClass(op.reg.value)) {
      case ZYDIS_REGCLASS_GPR8:
      case ZYDIS_REGCLASS_GPR16:
      case ZYDIS_REGCLASS_GPR32:
      case ZYDIS_REGCLASS_GPR64:
      case ZYDIS_REGCLASS_FLAGS:
      case ZYDIS_REGCLASS_IP:
      case ZYDIS_REGCLASS_XMM:
        return {};
      case ZYDIS_REGCLASS_SEGMENT:
        return {{"{name} uses the segment register {reg}", "{name} 使用段寄存器 {reg}"}, {name, reg}};
      case ZYDIS_REGCLASS_CONTROL:
      case ZYDIS_REGCLASS_DEBUG:
        return {{"{name} with {reg} is a privileged instruction", "使用 {reg} 的 {name} 是特权指令"},
                {name, reg}};
      default:
        return {
            {"{name} uses {reg}, a register that is not recorded", "{name} 使用 {reg}，而这个寄存器不被记录"},
            {name, reg}};
    }
  }
  if (op.type == ZYDIS_OPERAND_TYPE_MEMORY) {
    if (op.mem.segment == ZYDIS_REGISTER_GS) {
      return {{"{name} uses the segment gs, which the guest does not have",
               "{name} 使用段 gs，而客户机没有这个段"},
              {name}};
    }
    if (ZydisRegisterGetClass(op.mem.index) == ZYDIS_REGCLASS_XMM) {
      return {{"{name} is a vector instruction", "{name} 是向量指令"}, {name}};
    }
  }
  return {};
}

}  // namespace

bool is_trap(const ZydisDecodedInstruction& insn, std::span<const ZydisDecodedOperand> operands) {
  if (insn.mnemonic == ZYDIS_MNEMONIC_INT3 || insn.mnemonic == ZYDIS_MNEMONIC_UD2) return true;
  return insn.mnemonic == ZYDIS_MNEMONIC_INT && !operands.empty() &&
         operands.front().type == ZYDIS_OPERAND_TYPE_IMMEDIATE && operands.front().imm.value.u == 3;
}

Message refusal(const ZydisDecodedInstruction& insn, std::span<const ZydisDecodedOperand> operands) {
  if (is_trap(insn, operands)) return {};
  const Argument name("name", std::string(ZydisMnemonicGetString(insn.mnemonic)));
  if (const auto reason = known_reason(insn)) return {*reason, {name}};
  for (const ZydisDecodedOperand& op : operands) {
    if (Message complaint = operand_refusal(name, op); !complaint.empty()) return complaint;
  }
  const bool sse = is_sse(insn) && listed_sse(insn.mnemonic);
  if (!sse && !listed(insn.mnemonic) && !listed(insn.meta.category, insn.meta.isa_set)) {
    return {{"{name} is not on the list of allowed instructions", "{name} 不在允许的指令之列"}, {name}};
  }
  // A 67 prefix cuts addresses and counters to 32 bits; no Go program has one.
  if (insn.address_width != 64) {
    return {{"{name} with 32-bit addresses is not allowed", "不允许 {name} 使用 32 位地址"}, {name}};
  }
  if ((insn.attributes & (ZYDIS_ATTRIB_HAS_XACQUIRE | ZYDIS_ATTRIB_HAS_XRELEASE)) != 0) {
    return {{"{name} with a transaction prefix is not allowed", "不允许 {name} 带事务前缀"}, {name}};
  }
  if (sse && has_unknown_predicate(insn, operands)) {
    return {{"{name} with a predicate above 7 is not allowed", "不允许 {name} 的谓词大于 7"}, {name}};
  }
  // The engine and processors disagree about which of two prefixes counts.
  if (sse && has_idle_prefix(insn)) {
    return {{"{name} with a prefix that has no meaning is not allowed", "不允许 {name} 带没有意义的前缀"},
            {name}};
  }
  // CPUs disagree about what a 66 prefix does to a near branch.
  if (insn.meta.branch_type != ZYDIS_BRANCH_TYPE_NONE &&
      (insn.attributes & ZYDIS_ATTRIB_HAS_OPERANDSIZE) != 0) {
    return {{"{name} with an operand-size prefix is not allowed", "不允许 {name} 带操作数大小前缀"}, {name}};
  }
  return {};
}

}  // namespace gogoscope
