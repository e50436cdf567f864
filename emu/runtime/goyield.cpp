// proc.go, goyield and goyield_m: yield like Gosched, but to the tail of the P's own ring.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction goyield(const Go&) {
  GoFunction f(sig::goyield, {.bytes = 16, .ours = true});
  f.line("func goyield() {");
  f.line("    mcall(goyield_m)").call(sig::mcall, {symbol("runtime.goyield_m.f")});
  f.line("}").ret();
  return f;
}

GoFunction goyield_m(const Go& go) {
  GoFunction f(sig::goyield_m, {.bytes = 56});
  const Var gp = f.param("gp");
  const Var mp = f.local("mp", "*m"), pp = f.local("pp", "*p");

  f.line("func goyield_m(gp *g) {");
  f.if_("    if trace.enabled {", tracing,
        [&] { f.line("        traceGoPreempt()").call(sig::traceGoPreempt); });
  f.line("    pp := gp.m.p.ptr()").set(mp, load(gp, go.g("m"))).set(pp, load(mp, go.m("p")));
  f.line("    casgstatus(gp, _Grunning, _Grunnable)").call(sig::casgstatus, {gp, kGrunning, kGrunnable});
  f.line("    dropg()").call(sig::dropg);
  f.line("    runqput(pp, gp, false)").call(sig::runqput, {pp, gp, 0});
  f.line("    schedule()").call(sig::schedule);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
