// The one place that talks to Zydis: an instruction with plain operands to bytes.
//
// Zydis picks the shortest form; Go sometimes picks another one, and then the request is shaped so that
// Zydis has no choice. Immediates are asked for by their size and filled in afterwards; the few forms
// that no request can express are renamed in the bytes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "asm/instruction_set.h"
#include "asm/syntax.h"

namespace plan9 {

/// A field of an encoded instruction that waits for the address of a symbol.
struct Fixup {
  std::uint8_t offset = 0;
  RelocationKind kind = RelocationKind::pc32;
  std::int64_t addend = 0;
  Operand symbol;
};

struct Encoded {
  std::array<std::uint8_t, 24> bytes{};  ///< room for prefixes before the machine's 15
  std::uint8_t size = 0;
  std::optional<Fixup> fixup;

  void append(std::uint8_t byte) {
    if (size < bytes.size()) bytes[size++] = byte;
  }
};

/// Appends the instruction to `out`. `letters` are those of form.operands that the operands matched; FP, the
/// pseudo SP and TLS must be resolved. False if there is no such instruction.
bool emit(const InstructionForm& form, const std::vector<Operand>& operands, std::string_view letters,
          Encoded& out);

/// MOVQ with a constant of all 64 bits, the only instruction that has one.
bool emit_wide_move(Register to, std::int64_t value, Encoded& out);

/// A jump to another instruction of the same function. `distance` counts from its end.
Encoded encode_jump(const InstructionForm& form, bool is_short, std::int32_t distance);

}  // namespace plan9
