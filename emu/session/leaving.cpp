#include "emu/session/leaving.h"

#include <algorithm>
#include <iterator>

#include "emu/session/navigator.h"

namespace gogoscope {
namespace {

/// Functions that have a RET behind their last call, of a function that never comes back: mcall or schedule.
constexpr std::string_view kNeverCalledBack[] = {
    "runtime.goexit0",   "runtime.goexit1",     "runtime.park_m",      "runtime.gosched_m",
    "runtime.goyield_m", "runtime.goschedImpl", "runtime.gopreempt_m", "runtime.exitsyscall0",
};

bool ends_in_a_switch(const Function& function) {
  return std::find(std::begin(kNeverCalledBack), std::end(kNeverCalledBack), function.name) !=
         std::end(kNeverCalledBack);
}

}  // namespace

std::optional<Leaving> leaving(const Cursor& at) {
  const Trace& trace = at.trace();
  const Code& code = trace.guest().code;
  const Function* function = code.place(at.state().pc()).function;
  if (function == nullptr || function->kind == FunctionKind::task) return std::nullopt;
  // Of a program it is not listed which functions have a RET.
  if (code.instructions().empty()) return std::nullopt;
  Leaving out;
  out.function = function;
  for (const Instruction& one : code.instructions()) {
    if (!function->contains(one.pc)) continue;
    const bool returns = one.text == "RET" || one.text == "return";
    if (returns && !ends_in_a_switch(*function)) return std::nullopt;
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
