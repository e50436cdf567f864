// proc.go, checkdead: is there an M that could run something? If not, nobody
// will wake anybody: a deadlock. sched.lock is held.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction checkdead(const Go& go) {
  GoFunction f(sig::checkdead, {.bytes = 80});
  const Var run = f.local("run", "int32"), grunning = f.local("grunning", "int"), i = f.local("i", "int"),
            gp = f.local("gp", "*g"), s = f.local("s", "uint32");
  const Var ax = GoFunction::in_register(Reg::rax);
  const std::uint32_t lock = go.sched("lock").offset;
  auto sched = [](Frame& x) { return x.symbol("runtime.sched"); };
  auto sched_lock = [=](Frame& x) { return sched(x) + lock; };
  auto allglock = [](Frame& x) { return x.symbol("runtime.allglock"); };
  auto less = [=](const char* name) {
    const Field& field = go.sched(name);
    return [=, &field](Frame& x) { return x.get(run) - x.load(sched(x), field); };
  };
  auto run32 = [=](Frame& x) { return static_cast<std::int32_t>(x.get(run)); };
  const Label not_running = f.label(), consistent = f.label(), loop = f.label(), user = f.label(),
              not_waiting = f.label(), next = f.label(), counted = f.label(), some = f.label();

  f.line("func checkdead() {");
  f.line("    run := mcount() - sched.nmidle - sched.nmidlelocked - sched.nmsys")
      .set(run, [=](Frame& x) { return x.load(sched(x), go.sched("mnext")); })
      .set(run, less("nmfreed"))
      .set(run, less("nmidle"))
      .set(run, less("nmidlelocked"))
      .set(run, less("nmsys"));
  f.line("    if run > 0 { return }").jump_if([=](Frame& x) { return run32(x) <= 0; }, not_running).ret();
  f.line("    if run < 0 {").at(not_running).jump_if([=](Frame& x) { return run32(x) == 0; }, consistent);
  f.line("        throw(\"checkdead: inconsistent counts\")").throws("checkdead: inconsistent counts");
  f.line("    }");
  f.line("    grunning := 0").at(consistent).set(grunning, 0);
  f.line("    lock(&allglock)").call(sig::lock2, {allglock});
  f.line("    for i := 0; i < len(allgs); i++ {")
      .set(i, 0)
      .at(loop)
      .jump_if([=](Frame& x) { return x.get(i) >= x.load(x.symbol("runtime.allgs") + 8); }, counted);
  f.line("        gp := allgs[i]")
      .set(ax, [](Frame& x) { return x.load(x.symbol("runtime.allgs")); })
      .set(gp, [=](Frame& x) { return x.load(x.get(ax) + x.get(i) * 8); });
  f.line("        if isSystemGoroutine(gp, false) { continue }")
      .call(sig::isSystemGoroutine, {gp, 0})
      .take(sig::isSystemGoroutine, 0, ax)
      .jump_if(ax, next);
  f.line("        switch s := readgstatus(gp); s &^ _Gscan {").at(user).set(s, [=](Frame& x) {
    return x.load(x.get(gp), go.g("atomicstatus")) & ~std::uint64_t{kGscan};
  });
  f.line("        case _Gwaiting, _Gpreempted:")
      .jump_unless([=](Frame& x) { return x.get(s) == kGwaiting || x.get(s) == kGpreempted; }, not_waiting);
  f.line("            grunning++").set(grunning, [=](Frame& x) { return x.get(grunning) + 1; }).jump(next);
  f.line("        case _Grunnable, _Grunning, _Gsyscall:")
      .at(not_waiting)
      .jump_unless(
          [=](Frame& x) { return x.get(s) == kGrunnable || x.get(s) == kGrunning || x.get(s) == kGsyscall; },
          next);
  f.line("            throw(\"checkdead: runnable g\")").throws("checkdead: runnable g");
  f.line("        }");
  f.line("    }").at(next).set(i, [=](Frame& x) { return x.get(i) + 1; }).jump(loop);
  f.line("    unlock(&allglock)").at(counted).call(sig::unlock2, {allglock});
  f.line("    if grunning == 0 {").jump_if(grunning, some);
  f.line("        unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line(
       "        throw(\"no goroutines (main called runtime.Goexit) - "
       "deadlock!\")")
      .throws("no goroutines (main called runtime.Goexit) - deadlock!");
  f.line("    }");
  f.line("    // timers that could still fire: left out, there are none");
  f.line("    getg().m.throwing = -1  // no stacks in the message")
      .at(some)
      .store([](Frame& x) { return x.m(); }, go.m("throwing"), ~std::uint64_t{0});
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line("    throw(\"all goroutines are asleep - deadlock!\")")
      .throws("all goroutines are asleep - deadlock!");
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
