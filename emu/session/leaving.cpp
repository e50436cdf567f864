#include "emu/session/leaving.h"

#include <algorithm>

#include "emu/session/navigator.h"

namespace gogoscope {

std::optional<Leaving> leaving(const Cursor& at) {
  const Trace& trace = at.trace();
  const Code& code = trace.guest().code;
  const Function* function = code.place(at.state().pc()).function;
  if (function == nullptr || function->kind == FunctionKind::task) return std::nullopt;
  Leaving out;
  out.function = function;
  for (const Instruction& one : code.instructions()) {
    if (!function->contains(one.pc)) continue;
    if (one.text == "RET" || one.text == "return") return std::nullopt;
    // A jump through a register leads out of the function.
    if (one.text == "JMP BX" || one.text == "JMP DI") out.jumps = true;
  }
  Navigator probe(trace, nullptr);
  probe.go_to(at.position());
  probe.step_out();
  out.to = probe.cursor().position();
  out.pc = probe.cursor().state().pc();
  out.recorded = !probe.cursor().at_end() || trace.end() == nullptr;
  return out;
}

}  // namespace gogoscope
