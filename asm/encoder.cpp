#include "asm/encoder.h"

#include <Zydis/Zydis.h>

#include <limits>
#include <utility>

namespace plan9 {
namespace {

// Where TLS is: linux/amd64, static, internal linking keeps g in the 8 bytes below the FS base.
constexpr std::int64_t kTlsOffset = -8;

}  // namespace

bool is_local_jump(const Instruction& i) {
  if (i.form == nullptr || i.form->shape != Shape::branch) return false;
  return i.operands.size() == 1 &&
         (i.operands[0].kind == OperandKind::label || i.operands[0].kind == OperandKind::steps);
}

bool Encoder::fail(const Place& place, Message message) {
  diagnostics_.error(place, std::move(message));
  return false;
}

/// Replaces FP, the pseudo SP and TLS by what they mean.
bool Encoder::resolve(const Function& function, const Instruction& i, Operand& operand) {
  if (operand.kind != OperandKind::mem && operand.kind != OperandKind::address) return true;
  if (operand.pseudo == Pseudo::arguments || operand.pseudo == Pseudo::locals) {
    // Arguments begin above the return address, locals end below the saved BP.
    const std::int64_t return_address = 8;
    operand.value +=
        i.sp_delta + (operand.pseudo == Pseudo::arguments ? return_address : (function.saves_bp ? -8 : 0));
    operand.base = kSp;
    operand.pseudo = Pseudo::none;
  }
  if (operand.index == kTls) {
    if (!operand.base)
      return fail(operand.place, {{"(TLS*1) needs a base register", "(TLS*1) 需要一个基址寄存器"}});
    operand.base = kTls;
    operand.index = {};
  }
  if (operand.base == kTls) {
    if (operand.index)
      return fail(operand.place, {{"an address in TLS takes no index", "TLS 中的地址不能带变址寄存器"}});
    operand.value += kTlsOffset;
  }
  // LEAL keeps 32 bits of the sum, so that any offset has the same effect as its low half.
  if (i.form->mnemonic == ZYDIS_MNEMONIC_LEA && i.form->width == 4)
    operand.value = static_cast<std::int32_t>(static_cast<std::uint32_t>(operand.value));
  if (!fits_int32(operand.value)) {
    return fail(operand.place, {{"offset {offset} does not fit in 32 bits", "偏移 {offset} 放不进 32 位"},
                                {{"offset", number(operand.value)}}});
  }
  return true;
}

bool Encoder::encode_form(const Function& function, const Instruction& i, const InstructionForm& form,
                          Encoded& out) {
  std::string_view letters;
  if (!check_.check(i, form, letters)) return false;
  std::vector<Operand> operands = i.operands;
  for (Operand& operand : operands) {
    if (!resolve(function, i, operand)) return false;
  }
  for (const Operand& operand : i.operands) {
    if (operand.indirect && i.form->shape != Shape::call && i.form->shape != Shape::branch) {
      return fail(operand.place,
                  {{"only the target of CALL or JMP has a '*'", "只有 CALL 和 JMP 的目标才写 '*'"}});
    }
  }
  InstructionForm actual = form;
  // These are the same both ways round, and the machine knows them with memory first only.
  const bool symmetric = (form.mnemonic == ZYDIS_MNEMONIC_TEST && operands[0].kind == OperandKind::mem) ||
                         form.mnemonic == ZYDIS_MNEMONIC_XCHG;
  if (symmetric && (operands[0].kind == OperandKind::mem || (operands[1].reg == kAx && form.width > 1)))
    actual.shape = Shape::intel_order;
  // MOVLQZX between registers: see emit.
  if (form.name == "MOVLQZX" && operands[0].kind == OperandKind::reg) actual.shape = Shape::intel_order;
  if (operands.size() == 3 && form.mnemonic == ZYDIS_MNEMONIC_SHL) actual.mnemonic = ZYDIS_MNEMONIC_SHLD;
  if (operands.size() == 3 && form.mnemonic == ZYDIS_MNEMONIC_SHR) actual.mnemonic = ZYDIS_MNEMONIC_SHRD;
  if (form.mnemonic == ZYDIS_MNEMONIC_IMUL && operands.size() == 2 && operands[0].kind == OperandKind::imm) {
    // IMULQ $3, AX multiplies AX by 3 into AX: the machine's form names the register twice.
    operands.push_back(operands[1]);
    letters = "I,r,r";
  }
  if (emit(actual, operands, letters, out)) return true;
  return fail(i.place,
              {{"{instruction} cannot be encoded with these operands", "{instruction} 带这些操作数无法编码"},
               {{"instruction", form.name}}});
}

// MOV is many instructions: between general registers, of constants in three sizes, to and from X
// registers, of addresses (LEA), and of TLS, which is nothing at all.
bool Encoder::encode_move(const Function& function, const Instruction& i, Encoded& out) {
  InstructionForm form = *i.form;
  form.shape = Shape::plain;
  form.operands = "r,rm m,r i,rm";
  if (i.operands.size() != 2) return encode_form(function, i, form, out);
  const Operand& from = i.operands[0];
  const Operand& to = i.operands[1];
  const bool wide = form.width >= 4;
  const auto is_xmm = [](const Operand& o) {
    return o.kind == OperandKind::reg && o.reg.kind == RegisterKind::xmm;
  };

  if (from.kind == OperandKind::address && wide) {
    // MOVQ $name(SB), AX loads the address.
    form.mnemonic = ZYDIS_MNEMONIC_LEA;
    form.operands = "m,r";
    Instruction lea = i;
    lea.operands[0].kind = OperandKind::mem;
    return encode_form(function, lea, form, out);
  }
  if (from.kind == OperandKind::reg && from.reg == kTls && wide && to.kind == OperandKind::reg &&
      to.reg.kind == RegisterKind::general) {
    return true;  // the address of TLS needs no instruction in a static program
  }
  if (is_xmm(from) || is_xmm(to)) {
    if (!wide) {
      const Operand& x = is_xmm(from) ? from : to;
      return fail(x.place, {{"{instruction} cannot move {reg}", "{instruction} 不能移动 {reg}"},
                            {{"instruction", form.name}, {"reg", name_of(x.reg)}}});
    }
    form.mnemonic = form.width == 8 ? ZYDIS_MNEMONIC_MOVQ : ZYDIS_MNEMONIC_MOVD;
    form.operands = form.width == 8 ? "xmr,x x,mr" : "mr,x x,mr";
    return encode_form(function, i, form, out);
  }
  if (form.width == 8 && from.kind == OperandKind::imm && to.kind == OperandKind::reg &&
      to.reg.kind == RegisterKind::general && !fits_int32(from.value)) {
    if (from.value >= 0 && from.value <= std::numeric_limits<std::uint32_t>::max()) {
      // Writing the low half clears the high half: one byte less than REX.W with 64 bits.
      form.width = 4;
      return encode_form(function, i, form, out);
    }
    return emit_wide_move(to.reg, from.value, out) ||
           fail(i.place, {{"MOVQ cannot be encoded with these operands", "MOVQ 带这些操作数无法编码"}});
  }
  return encode_form(function, i, form, out);
}

// JMP and CALL: to a name(SB) always with 32 bits, as the linker decides how far it is; or through a
// register or memory.
bool Encoder::encode_call(const Function& function, const Instruction& i, Encoded& out) {
  if (i.operands.size() != 1) {
    return fail(i.place, {{"{instruction} takes 1 operand, not {count}",
                           "{instruction} 要 1 个操作数，这里有 {count} 个"},
                          {{"instruction", i.form->name}, {"count", i.operands.size()}}});
  }
  const Operand& to = i.operands[0];
  if (i.form->conditional)
    return fail(to.place, {{"{instruction} needs a label, as in {same} done",
                            "{instruction} 需要一个标号，例如 {same} done"},
                           {{"instruction", i.form->name}, {"same", i.form->name}}});
  if (to.kind == OperandKind::label || to.kind == OperandKind::steps) {
    return fail(to.place,
                {{"CALL needs a name(SB), a register or memory", "CALL 的目标是 name(SB)、寄存器或内存"}});
  }
  const bool direct = to.kind == OperandKind::mem && to.pseudo == Pseudo::symbol && !to.indirect;
  if (direct) {
    const Encoded jump = encode_jump(*i.form, false, 0);
    for (std::uint8_t n = 0; n < jump.size; ++n) out.append(jump.bytes[n]);
    Fixup fixup;
    fixup.offset = static_cast<std::uint8_t>(out.size - 4);
    fixup.addend = to.value - 4;
    fixup.symbol = to;
    out.fixup = fixup;
    return true;
  }
  if (to.pseudo == Pseudo::symbol && i.form->shape != Shape::call)
    return fail(to.place, {{"JMP cannot read its target from a name(SB): load it into a register first",
                            "JMP 不能从 name(SB) 读取目标：先把它取到寄存器里"}});
  InstructionForm form = *i.form;
  form.shape = Shape::plain;
  form.operands = "rm";
  form.width = 8;
  return encode_form(function, i, form, out);
}

bool Encoder::encode(const Function& function, const Instruction& i, Encoded& out) {
  if (i.form == nullptr || i.form->shape == Shape::nothing) return true;
  for (const std::uint8_t prefix : i.prefixes) out.append(prefix);
  switch (i.form->shape) {
    case Shape::raw:
      for (const std::byte b : i.bytes) out.append(static_cast<std::uint8_t>(b));
      return true;
    case Shape::prefix:
      return true;
    case Shape::move:
      return encode_move(function, i, out);
    case Shape::branch:
    case Shape::call:
      return encode_call(function, i, out);
    case Shape::ret: {
      InstructionForm form = *i.form;
      form.shape = Shape::plain;
      return encode_form(function, i, form, out);
    }
    default:
      return encode_form(function, i, *i.form, out);
  }
}

}  // namespace plan9
