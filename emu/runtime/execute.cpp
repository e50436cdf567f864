// proc.go, execute: gives the M to gp. Never returns: gogo leaves this frame behind.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction execute(const Go& go) {
  GoFunction f(sig::execute, {.bytes = 32});
  const Var gp = f.param("gp"), inheritTime = f.param("inheritTime");
  const Var _g_ = f.local("_g_", "*g");
  const Field& stack_lo = go.g("stack.lo");
  const Field& stackguard0 = go.g("stackguard0");
  const Field& schedtick = go.p("schedtick");
  const Field& g_sched = go.g("sched");

  const Var lo = GoFunction::in_register(Reg::rax);

  f.line("func execute(gp *g, inheritTime bool) {");
  f.line("    _g_ := getg()").set(_g_, getg);
  f.line("    _g_.m.curg = gp").store(own_m, go.m("curg"), gp);
  f.line("    gp.m = _g_.m").store(gp, go.g("m"), own_m);
  f.line("    casgstatus(gp, _Grunnable, _Grunning)").call(sig::casgstatus, {gp, kGrunnable, kGrunning});
  f.line("    gp.waitsince = 0").store(gp, go.g("waitsince"), 0);
  f.line("    gp.preempt = false").store(gp, go.g("preempt"), 0);
  f.line("    gp.stackguard0 = gp.stack.lo + _StackGuard")
      .set(lo, load(gp, stack_lo))
      .store(gp, stackguard0, lo + kStackGuard);
  f.line("    if !inheritTime {").if_(inheritTime == 0, [&] {
    f.line("        _g_.m.p.ptr().schedtick++").add(own_p, schedtick, 1);
  });
  f.if_("    if trace.enabled {", tracing, [&] { f.line("        traceGoStart()").call(sig::traceGoStart); });
  f.line("    gogo(&gp.sched)").call(sig::gogo, {address(gp, g_sched)});
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
