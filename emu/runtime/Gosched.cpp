// proc.go, Gosched, gosched_m and goschedImpl: give way; to the tail of the global queue.
#include "emu/runtime/functions.h"
#include "emu/runtime/sig_schedule.h"

namespace gogoscope::runtime {

GoFunction Gosched(const Go&) {
  GoFunction f(sig::Gosched, {.bytes = 16, .stack_check = false});
  f.line("func Gosched() {");
  f.line("    mcall(gosched_m)").call(sig::mcall, {[](Frame& x) { return x.symbol("runtime.gosched_m.f"); }});
  f.line("}").ret();
  return f;
}

GoFunction gosched_m(const Go&) {
  GoFunction f(sig::gosched_m, {.bytes = 16});
  const Label quiet = f.label();
  f.line("func gosched_m(gp *g) {");
  f.line("    if trace.enabled {")
      .jump_unless([](Frame& x) { return x.load(x.symbol("runtime.trace.enabled"), 1); }, quiet);
  f.line("        traceGoSched()").call(sig::traceGoSched);
  f.line("    }");
  f.line("    goschedImpl(gp)").at(quiet).call(sig::goschedImpl, {f.param("gp")});
  f.line("}").ret();
  return f;
}

GoFunction goschedImpl(const Go& go) {
  GoFunction f(sig::goschedImpl, {.bytes = 48});
  const Var gp = f.param("gp");
  const Label running = f.label();
  const std::uint32_t lock = go.sched("lock").offset;
  auto sched_lock = [lock](Frame& x) { return x.symbol("runtime.sched") + lock; };

  f.line("func goschedImpl(gp *g) {");
  f.line("    if readgstatus(gp)&^_Gscan != _Grunning {")
      .jump_if(
          [=](Frame& x) {
            return (x.load(x.get(gp), go.g("atomicstatus")) & ~std::uint64_t{kGscan}) == kGrunning;
          },
          running);
  f.line("        throw(\"bad g status\")").throws("bad g status");
  f.line("    }");
  f.line("    casgstatus(gp, _Grunning, _Grunnable)")
      .at(running)
      .call(sig::casgstatus, {gp, kGrunning, kGrunnable});
  f.line("    dropg()").call(sig::dropg);
  f.line("    lock(&sched.lock)").call(sig::lock2, {sched_lock});
  f.line("    globrunqput(gp)").call(sig::globrunqput, {gp});
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line("    schedule()").call(sig::schedule);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
