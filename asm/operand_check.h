// Whether an instruction takes the operands it was given, and if not, why, in words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "asm/diagnostics.h"
#include "asm/instruction_set.h"
#include "asm/syntax.h"

namespace plan9 {

/// The bytes that the operand at `position` of `count` has.
unsigned width_of(const InstructionForm& form, std::size_t position, std::size_t count);

/// The bytes that an immediate takes beside an operand of `width` bytes: the machine has no 64-bit
/// immediates, but for one form of MOVQ.
unsigned immediate_bytes(unsigned width);

bool fits_int8(std::int64_t v);
bool fits_int32(std::int64_t v);

/// The n-th part of a list, "" after its end: "rm" is part 1 of "rI,rm".
std::string_view part(std::string_view list, char separator, std::size_t n);

/// A number as a message shows it.
std::string number(std::int64_t v);

class OperandCheck {
 public:
  OperandCheck(const Options& options, Diagnostics& diagnostics)
      : options_(options), diagnostics_(diagnostics) {}

  /// Finds the alternative of form.operands that fits, or reports what is wrong and returns false.
  bool check(const Instruction& i, const InstructionForm& form, std::string_view& alternative);

 private:
  struct Refusal {
    Message message;     ///< empty: none
    bool vague = false;  ///< it only says what the operand must be
  };
  /// Why `operand` is not one of `letters`.
  Refusal refusal(const InstructionForm& form, std::string_view letters, std::size_t position,
                  std::size_t count, const Operand& operand) const;

  const Options& options_;
  Diagnostics& diagnostics_;
};

}  // namespace plan9
