// proc.go, goexit1: finishes the current goroutine. Lines as in the seed of this program.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction goexit1(const Go&) {
  GoFunction f(sig::goexit1, {.bytes = 48});

  f.line("func goexit1() {");
  f.if_(
      "    if raceenabled {", [](Frame& x) { return x.environment().race; },
      [&] { f.line("        racegoend()").call(sig::racegoend); });
  f.if_("    if trace.enabled {", tracing, [&] { f.line("        traceGoEnd()").call(sig::traceGoEnd); });
  // As wide as needed for the CALL to be where the compiler of 1.16 puts it: the pc that mcall saves is
  // goexit1+0x36, as in a real process.
  f.line("    mcall(goexit0)     // 切换到g0执行goexit0")
      .arguments(sig::mcall, {symbol("runtime.goexit0.f")})
      .wide(8)
      .call_symbol("runtime·mcall");
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
