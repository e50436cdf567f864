// race.go, racegostart and racegoend: what the race detector learns at a goroutine's start and end.
// ThreadSanitizer itself is left out; of its work only the handles are seen that it gives out.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction racegostart(const Go&) {
  GoFunction f(sig::racegostart, {.bytes = 0, .stack_check = false, .ours = true});
  const Var result = f.result("racectx");
  f.line("func racegostart(pc uintptr) uintptr {");
  f.line("    racecall(&__tsan_go_start, ...)  // a handle; ThreadSanitizer gives an address")
      .set(result, Storing{[](Frame& x) { return x.xadd(x.symbol("runtime.__tsan_handles"), 8, 1); }});
  f.line("    return racectx").ret();
  f.line("}");
  return f;
}

GoFunction racegoend(const Go& go) {
  GoFunction f(sig::racegoend, {.bytes = 0, .stack_check = false, .ours = true});
  const Var racectx = GoFunction::in_register(Reg::rax);
  f.line("func racegoend() {");
  f.line("    racecall(&__tsan_go_goroutine_end, getg().racectx, 0, 0, 0)  // the g keeps its handle")
      .set(racectx, load(getg, go.g("racectx")));
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
