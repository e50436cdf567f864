// proc.go, wakep: starts another M for an idle P, if there is one.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction wakep(const Go& go) {
  GoFunction f(sig::wakep, {.bytes = 24});
  const Label some = f.label();

  f.line("func wakep() {");
  f.line("    if atomic.Load(&sched.npidle) == 0 {")
      .jump_if([go](Frame& x) { return x.load(x.symbol("runtime.sched"), go.sched("npidle")); }, some);
  f.line("        return").ret();
  f.line("    }");
  f.line("    startm(nil, true)").at(some).left_out("startm");
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
