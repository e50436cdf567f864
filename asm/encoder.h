// One instruction of a TEXT to bytes: pseudo-registers resolved, forms chosen as Go chooses them.
#pragma once

#include <string>

#include "asm/diagnostics.h"
#include "asm/instruction_set.h"
#include "asm/machine_code.h"
#include "asm/operand_check.h"
#include "asm/syntax.h"

namespace plan9 {

class Encoder {
 public:
  Encoder(const Options& options, Diagnostics& diagnostics)
      : check_(options, diagnostics), diagnostics_(diagnostics) {}

  /// Appends to `out`, or reports what is wrong and returns false. `function` gives the frame that FP
  /// and SP count from. A jump inside the function is not for this: see encode_jump.
  bool encode(const Function& function, const Instruction& instruction, Encoded& out);

 private:
  bool resolve(const Function& function, const Instruction& i, Operand& operand);
  bool encode_form(const Function& function, const Instruction& i, const InstructionForm& form, Encoded& out);
  bool encode_move(const Function& function, const Instruction& i, Encoded& out);
  bool encode_call(const Function& function, const Instruction& i, Encoded& out);
  bool fail(const Place& place, Message message);

  OperandCheck check_;
  Diagnostics& diagnostics_;
};

/// True if `i` jumps to a label or so many instructions on.
bool is_local_jump(const Instruction& i);

}  // namespace plan9
