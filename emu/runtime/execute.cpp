// proc.go, execute: gives the M to gp. Never returns: gogo leaves this frame behind.
#include "emu/runtime/functions.h"
#include "emu/runtime/trace_event.h"

namespace gogoscope::runtime {

GoFunction execute(const Go& go) {
  GoFunction f(sig::execute, {.bytes = 32});
  const Var gp = f.param("gp"), inheritTime = f.param("inheritTime");
  const Var _g_ = f.local("_g_", "*g");
  const Field& stack_lo = go.g("stack.lo");
  const Field& stackguard0 = go.g("stackguard0");
  const Field& schedtick = go.p("schedtick");
  const std::uint32_t g_sched = go.g("sched").offset;
  const Label go_on = f.label(), quiet = f.label();
  const Var lo = GoFunction::in_register(Reg::rax);

  f.line("func execute(gp *g, inheritTime bool) {");
  f.line("    _g_ := getg()").set(_g_, [](Frame& x) { return x.getg(); });
  f.line("    _g_.m.curg = gp").store([](Frame& x) { return x.m(); }, go.m("curg"), gp);
  f.line("    gp.m = _g_.m").store(gp, go.g("m"), [](Frame& x) { return x.m(); });
  f.line("    casgstatus(gp, _Grunnable, _Grunning)").call(sig::casgstatus, {gp, kGrunnable, kGrunning});
  f.line("    gp.waitsince = 0").store(gp, go.g("waitsince"), 0);
  f.line("    gp.preempt = false").store(gp, go.g("preempt"), 0);
  f.line("    gp.stackguard0 = gp.stack.lo + _StackGuard")
      .set(lo, [=](Frame& x) { return x.load(x.get(gp), stack_lo); })
      .store(gp, stackguard0, [=](Frame& x) { return x.get(lo) + kStackGuard; });
  f.line("    if !inheritTime {").jump_if(inheritTime, go_on);
  f.line("        _g_.m.p.ptr().schedtick++").does([=](Frame& x) { x.xadd(x.p() + schedtick.offset, 4, 1); });
  f.line("    }");
  f.line("    if trace.enabled { traceGoStart() }")
      .at(go_on)
      .jump_unless([](Frame& x) { return x.load(x.symbol("runtime.trace.enabled"), 1); }, quiet)
      .call(sig::traceEvent, {trace_event::kGoStart, -1});
  f.line("    gogo(&gp.sched)").at(quiet).call(sig::gogo, {[=](Frame& x) { return x.get(gp) + g_sched; }});
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
