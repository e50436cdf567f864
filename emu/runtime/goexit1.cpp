// proc.go, goexit1: finishes the current goroutine. Lines as in the seed of this program.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction goexit1(const Go&) {
  GoFunction f(sig::goexit1, {.bytes = 48});
  const Label no_race = f.label(), no_trace = f.label();

  f.line("func goexit1() {");
  f.line("    if raceenabled {").jump_unless([](Frame& x) { return x.environment().race; }, no_race);
  f.line("        racegoend()").call(sig::racegoend);
  f.line("    }");
  f.line("    if trace.enabled {")
      .at(no_race)
      .jump_unless([](Frame& x) { return x.load(x.symbol("runtime.trace.enabled"), 1); }, no_trace);
  f.line("        traceGoEnd()").call(sig::traceGoEnd);
  f.line("    }");
  // As wide as needed for the CALL to stand where the compiler of 1.16 puts it: the pc that mcall saves is
  // goexit1+0x36, as in a real process.
  f.line("    mcall(goexit0)     // 切换到g0执行goexit0")
      .at(no_trace)
      .arguments(sig::mcall, {[](Frame& x) { return x.symbol("runtime.goexit0.f"); }})
      .wide(8)
      .call_symbol("runtime·mcall");
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
