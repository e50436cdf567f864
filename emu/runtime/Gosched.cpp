// proc.go, Gosched, gosched_m and goschedImpl: yield; to the tail of the global queue.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction Gosched(const Go&) {
  GoFunction f(sig::Gosched, {.bytes = 16, .stack_check = false});
  f.line("func Gosched() {");
  f.line("    mcall(gosched_m)").call(sig::mcall, {symbol("runtime.gosched_m.f")});
  f.line("}").ret();
  return f;
}

GoFunction gosched_m(const Go&) {
  GoFunction f(sig::gosched_m, {.bytes = 16});

  f.line("func gosched_m(gp *g) {");
  f.if_("    if trace.enabled {", tracing, [&] { f.line("        traceGoSched()").call(sig::traceGoSched); });
  f.line("    goschedImpl(gp)").call(sig::goschedImpl, {f.param("gp")});
  f.line("}").ret();
  return f;
}

GoFunction goschedImpl(const Go& go) {
  GoFunction f(sig::goschedImpl, {.bytes = 48});
  const Var gp = f.param("gp");

  const Field& lock = go.sched("lock");
  auto sched_lock = address(sched, lock);

  f.line("func goschedImpl(gp *g) {");
  f.if_("    if readgstatus(gp)&^_Gscan != _Grunning {",
        (load(gp, go.g("atomicstatus")) & ~std::uint64_t{kGscan}) != kGrunning,
        [&] { f.line("        throw(\"bad g status\")").throws("bad g status"); });
  f.line("    casgstatus(gp, _Grunning, _Grunnable)").call(sig::casgstatus, {gp, kGrunning, kGrunnable});
  f.line("    dropg()").call(sig::dropg);
  f.line("    lock(&sched.lock)").call(sig::lock2, {sched_lock});
  f.line("    globrunqput(gp)").call(sig::globrunqput, {gp});
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line("    schedule()").call(sig::schedule);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
