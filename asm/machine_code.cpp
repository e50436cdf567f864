#include "asm/machine_code.h"

#include <Zydis/Zydis.h>

#include <algorithm>
#include <utility>

#include "asm/operand_check.h"

namespace plan9 {
namespace {

ZydisRegister zydis_register(Register r, unsigned width) {
  const auto nth = [&](ZydisRegister first) { return static_cast<ZydisRegister>(first + r.number); };
  switch (r.kind) {
    case RegisterKind::general:
    case RegisterKind::low_byte:
      if (width == 1) {
        // Zydis lists AL CL DL BL AH CH DH BH SPL BPL SIL DIL R8B ...
        return static_cast<ZydisRegister>(r.number < 4 ? ZYDIS_REGISTER_AL + r.number
                                                       : ZYDIS_REGISTER_SPL + (r.number - 4));
      }
      return nth(width == 2 ? ZYDIS_REGISTER_AX : width == 4 ? ZYDIS_REGISTER_EAX : ZYDIS_REGISTER_RAX);
    case RegisterKind::high_byte:
      return static_cast<ZydisRegister>(ZYDIS_REGISTER_AH + (r.number - 4));
    case RegisterKind::xmm:
      return nth(ZYDIS_REGISTER_XMM0);
    default:
      return ZYDIS_REGISTER_NONE;
  }
}

// The instructions that have a form of their own for the constant 1, without an immediate.
bool is_shift(std::uint16_t mnemonic) {
  switch (mnemonic) {
    case ZYDIS_MNEMONIC_SHL:
    case ZYDIS_MNEMONIC_SHR:
    case ZYDIS_MNEMONIC_SAR:
    case ZYDIS_MNEMONIC_ROL:
    case ZYDIS_MNEMONIC_ROR:
    case ZYDIS_MNEMONIC_RCL:
    case ZYDIS_MNEMONIC_RCR:
      return true;
    default:
      return false;
  }
}

ZydisEncoderRequest request_for(std::uint16_t mnemonic) {
  ZydisEncoderRequest request{};
  request.machine_mode = ZYDIS_MACHINE_MODE_LONG_64;
  request.mnemonic = static_cast<ZydisMnemonic>(mnemonic);
  return request;
}

/// One instruction on its way to bytes: the request for Zydis, and what is to be put right in its answer.
class Emission {
 public:
  Emission(const InstructionForm& form, const std::vector<Operand>& operands, std::string_view letters)
      : form_(form), operands_(operands), letters_(letters), request_(request_for(form.mnemonic)) {}

  bool emit(Encoded& out) {
    request_.operand_count = static_cast<ZyanU8>(operands_.size());
    // Nothing in PUSHW $5 says that two bytes are pushed.
    if (form_.shape == Shape::push_pop && form_.width == 2)
      request_.operand_size_hint = ZYDIS_OPERAND_SIZE_HINT_16;
    for (std::size_t n = 0; n < operands_.size(); ++n) {
      // Go names the source first, the machine's manuals the destination.
      const bool keep_order = form_.shape == Shape::intel_order;
      if (!operand(n, request_.operands[keep_order ? n : operands_.size() - 1 - n])) return false;
    }
    ZyanUSize size = bytes_.size();
    if (!ZYAN_SUCCESS(ZydisEncoderEncodeInstruction(&request_, bytes_.data(), &size))) return false;
    size_ = size;
    put_right();
    for (std::size_t n = 0; n < size_; ++n) out.append(bytes_[n]);
    if (symbolic_ != nullptr) add_fixup(out);
    return true;
  }

 private:
  bool operand(std::size_t position, ZydisEncoderOperand& target) {
    const Operand& o = operands_[position];
    const std::string_view letters = part(letters_, ',', position);
    const unsigned width = width_of(form_, position, operands_.size());
    switch (o.kind) {
      case OperandKind::reg:
        target.type = ZYDIS_OPERAND_TYPE_REGISTER;
        target.reg.value = general_or_count(position, letters, width);
        return true;
      case OperandKind::imm:
        target.type = ZYDIS_OPERAND_TYPE_IMMEDIATE;
        immediate(o, letters, width, target);
        return true;
      case OperandKind::mem:
        target.type = ZYDIS_OPERAND_TYPE_MEMORY;
        memory(o, width, target);
        return true;
      default:
        return false;
    }
  }

  ZydisRegister general_or_count(std::size_t position, std::string_view letters, unsigned width) {
    const Register r = operands_[position].reg;
    if (letters.find('c') != std::string_view::npos) return ZYDIS_REGISTER_CL;  // the count of a shift
    // Go counts AL and AX as two registers even where both mean the low byte: only AL takes the short
    // accumulator forms. Asking for CL and renaming it to AX afterwards gives Go's form.
    const bool low_ax =
        width == 1 && r == kAx && operands_.size() == 2 && form_.mnemonic != ZYDIS_MNEMONIC_MOV;
    if (low_ax && operands_[1 - position].kind == OperandKind::imm) {
      rename_cl_ = true;
      return ZYDIS_REGISTER_CL;
    }
    return zydis_register(r, width);
  }

  void immediate(const Operand& o, std::string_view letters, unsigned width, ZydisEncoderOperand& target) {
    if (is_shift(form_.mnemonic) && operands_.size() == 2 && o.value == 1) {
      target.imm.s = 1;
      return;
    }
    const auto has = [&](char letter) { return letters.find(letter) != std::string_view::npos; };
    const bool one_byte = has('b') || (has('I') && fits_int8(o.value));
    // A stand-in that has exactly one size; the value replaces it afterwards.
    immediate_bytes_ = one_byte ? 1 : immediate_bytes(width);
    immediate_ = o.value;
    target.imm.s = immediate_bytes_ == 1 ? 0x11 : immediate_bytes_ == 2 ? 0x1122 : 0x11223344;
  }

  void memory(const Operand& o, unsigned width, ZydisEncoderOperand& target) {
    // The size says which instruction is meant; LEA does not look at what it points to.
    target.mem.size = static_cast<ZyanU16>(form_.mnemonic == ZYDIS_MNEMONIC_LEA ? 8 : width);
    target.mem.displacement = o.value;
    if (o.base == kTls) {
      request_.prefixes |= ZYDIS_ATTRIB_HAS_SEGMENT_FS;
    } else if (o.base) {
      target.mem.base = zydis_register(o.base, 8);
    }
    if (o.index) {
      target.mem.index = zydis_register(o.index, 8);
      target.mem.scale = o.scale;
    }
    if (o.pseudo == Pseudo::symbol) {
      symbolic_ = &o;
      target.mem.displacement = 0;
      target.mem.base = ZYDIS_REGISTER_RIP;
    } else if (target.mem.base == ZYDIS_REGISTER_NONE && target.mem.index == ZYDIS_REGISTER_NONE) {
      // Small absolute addresses have a form of their own for AX, which Go does not use. A negative
      // stand-in has none; the address replaces it afterwards.
      absolute_ = o.value;
      target.mem.displacement = -1;
    }
  }

  /// Fills the stand-ins and renames the forms that no request can express.
  void put_right() {
    std::uint8_t* const end = bytes_.data() + size_;
    const auto fill = [](std::uint8_t* at, std::int64_t value, unsigned count) {
      for (unsigned n = 0; n < count; ++n)
        at[n] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * n));
    };
    if (absolute_) fill(end - immediate_bytes_ - 4, *absolute_, 4);
    fill(end - immediate_bytes_, immediate_, immediate_bytes_);
    // POPCNTW, CRC32W and their kin: Go writes the operand size before F3 or F2.
    const bool repeat = bytes_[0] == 0xf2 || bytes_[0] == 0xf3;
    if (size_ > 2 && repeat && bytes_[1] == 0x66) std::swap(bytes_[0], bytes_[1]);
    // NOPL and NOPW: of the opcodes that do nothing Go takes 0F 1F /0, which the manuals recommend.
    if (form_.mnemonic == ZYDIS_MNEMONIC_NOP) {
      std::uint8_t* const opcode = std::find(bytes_.data(), end, std::uint8_t{0x0f});
      opcode[1] = 0x1f;
      opcode[2] &= 0xc7;
    }
    // MOVLQZX between registers: Go takes the form that loads. The encoder has swapped the operands.
    if (form_.name == "MOVLQZX" && operands_[0].kind == OperandKind::reg) bytes_[size_ - 2] = 0x8b;
    // The register number is the lowest bits of ModRM, the byte before the immediate.
    if (rename_cl_) end[-static_cast<int>(immediate_bytes_) - 1] &= 0xf8;
  }

  // The displacement is right before the immediate; it counts from the end of the instruction.
  void add_fixup(Encoded& out) const {
    Fixup fixup;
    fixup.offset = static_cast<std::uint8_t>(out.size - immediate_bytes_ - 4);
    fixup.addend = symbolic_->value - 4 - static_cast<int>(immediate_bytes_);
    fixup.symbol = *symbolic_;
    out.fixup = fixup;
  }

  const InstructionForm& form_;
  const std::vector<Operand>& operands_;
  std::string_view letters_;
  ZydisEncoderRequest request_;
  std::array<std::uint8_t, ZYDIS_MAX_INSTRUCTION_LENGTH> bytes_{};
  std::size_t size_ = 0;
  unsigned immediate_bytes_ = 0;  ///< 0: there is none, or it is part of the opcode
  std::int64_t immediate_ = 0;
  std::optional<std::int64_t> absolute_;  ///< an address without registers
  const Operand* symbolic_ = nullptr;     ///< the operand that names a symbol
  bool rename_cl_ = false;
};

}  // namespace

bool emit(const InstructionForm& form, const std::vector<Operand>& operands, std::string_view letters,
          Encoded& out) {
  return Emission(form, operands, letters).emit(out);
}

bool emit_wide_move(Register to, std::int64_t value, Encoded& out) {
  ZydisEncoderRequest request = request_for(ZYDIS_MNEMONIC_MOV);
  request.operand_count = 2;
  request.operands[0].type = ZYDIS_OPERAND_TYPE_REGISTER;
  request.operands[0].reg.value = zydis_register(to, 8);
  request.operands[1].type = ZYDIS_OPERAND_TYPE_IMMEDIATE;
  request.operands[1].imm.s = value;
  std::array<std::uint8_t, ZYDIS_MAX_INSTRUCTION_LENGTH> bytes{};
  ZyanUSize size = bytes.size();
  if (!ZYAN_SUCCESS(ZydisEncoderEncodeInstruction(&request, bytes.data(), &size))) return false;
  for (ZyanUSize n = 0; n < size; ++n) out.append(bytes[n]);
  return true;
}

Encoded encode_jump(const InstructionForm& form, bool is_short, std::int32_t distance) {
  ZydisEncoderRequest request = request_for(form.mnemonic);
  request.branch_type = is_short ? ZYDIS_BRANCH_TYPE_SHORT : ZYDIS_BRANCH_TYPE_NEAR;
  request.branch_width = is_short ? ZYDIS_BRANCH_WIDTH_8 : ZYDIS_BRANCH_WIDTH_32;
  request.operand_count = 1;
  request.operands[0].type = ZYDIS_OPERAND_TYPE_IMMEDIATE;
  request.operands[0].imm.s = distance;
  Encoded out;
  ZyanUSize size = out.bytes.size();
  if (ZYAN_SUCCESS(ZydisEncoderEncodeInstruction(&request, out.bytes.data(), &size))) {
    out.size = static_cast<std::uint8_t>(size);
  }
  return out;
}

}  // namespace plan9
