// The instructions by name: which operands they take and which machine instruction they are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plan9 {

enum class Shape : std::uint8_t {
  plain,        ///< operands in Go's order: source first, destination last
  intel_order,  ///< CMP: the first operand is the machine's first
  move,         ///< MOVB MOVW MOVL MOVQ: the form follows the operands
  branch,       ///< JMP and the conditional jumps
  call,         ///< CALL
  ret,          ///< RET, RET to a symbol
  push_pop,     ///< moves SP
  adjust_sp,    ///< ADJSP
  prefix,       ///< LOCK, REP, REPN
  raw,          ///< BYTE WORD LONG QUAD
  nothing,      ///< NOP, PCDATA, FUNCDATA: no bytes
};

struct InstructionForm {
  std::string name;
  Shape shape = Shape::plain;
  std::uint16_t mnemonic = 0;  ///< a ZydisMnemonic
  /// What the operands may be, alternatives separated by a space, operands by a comma. Letters of one
  /// operand: r general register, m memory, x XMM register, i immediate as wide as the operand (32 bits
  /// at most), I the same but stored in one byte if it fits, b one-byte immediate, c CX, 1 the constant 1.
  std::string_view operands;
  std::uint8_t width = 8;         ///< bytes of the last operand and of all others unless source_width says so
  std::uint8_t source_width = 0;  ///< bytes of the operands before the last, 0: as `width`
  std::uint8_t prefix = 0;        ///< Shape::prefix: the byte
  bool conditional = false;       ///< Shape::branch
  bool short_only = false;        ///< Shape::branch: it has no form with 32 bits
  std::int8_t sp_change = 0;      ///< Shape::push_pop: bytes by which SP falls
};

/// Null if there is no such instruction.
const InstructionForm* instruction_named(std::string_view name);

/// All names, for suggestions.
const std::vector<std::string_view>& instruction_names();

}  // namespace plan9
