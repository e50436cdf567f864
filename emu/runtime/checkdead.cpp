// proc.go, checkdead: is there an M that could run something? If not, nothing
// will ever be woken: a deadlock. sched.lock is held.
#include <algorithm>
#include <vector>

#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction checkdead(const Go& go) {
  GoFunction f(sig::checkdead, {.bytes = 80});
  const Var run = f.local("run", "int32"), grunning = f.local("grunning", "int"), i = f.local("i", "int"),
            gp = f.local("gp", "*g"), s = f.local("s", "uint32");
  const Var ax = GoFunction::in_register(Reg::rax);
  const Field& lock = go.sched("lock");
  auto sched_lock = address(sched, lock);
  auto allglock = symbol("runtime.allglock");
  auto less = [=](const char* name) { return run - load(sched, go.sched(name)); };
  auto run32 = [=](Frame& x) { return static_cast<std::int32_t>(x.get(run)); };

  f.line("func checkdead() {");
  f.if_(
      "    if panicking > 0 { return }  // a thread that dies stops the others, and will exit",
      [](Frame& x) { return x.load(x.symbol("runtime.panicking"), 4); }, [&] { f.ret(); });
  f.line("    run := mcount() - sched.nmidle - sched.nmidlelocked - sched.nmsys")
      .set(run, load(sched, go.sched("mnext")))
      .set(run, less("nmfreed"))
      .set(run, less("nmidle"))
      .set(run, less("nmidlelocked"))
      .set(run, less("nmsys"));
  f.if_(
      "    if run > 0 { return }", [=](Frame& x) { return run32(x) > 0; }, [&] { f.ret(); });
  f.if_(
      "    if run < 0 {", [=](Frame& x) { return run32(x) != 0; },
      [&] {
        f.line("        throw(\"checkdead: inconsistent counts\")").throws("checkdead: inconsistent counts");
      });
  f.line("    grunning := 0").set(grunning, 0);
  f.line("    lock(&allglock)").call(sig::lock2, {allglock});
  const auto is = [s](std::initializer_list<std::uint64_t> statuses) {
    return [s, any_of = std::vector<std::uint64_t>(statuses)](Frame& x) {
      return std::find(any_of.begin(), any_of.end(), x.get(s)) != any_of.end();
    };
  };
  f.line("    for i := 0; i < len(allgs); i++ {")
      .set(i, 0)
      .for_([=](Frame& x) { return x.get(i) < x.load(x.symbol("runtime.allgs") + 8); },
            [&] {
              f.line("        gp := allgs[i]")
                  .set(ax, [](Frame& x) { return x.load(x.symbol("runtime.allgs")); })
                  .set(gp, [=](Frame& x) { return x.load(x.get(ax) + x.get(i) * 8); });
              f.line("        if isSystemGoroutine(gp, false) { continue }")
                  .call(sig::isSystemGoroutine, {gp, 0})
                  .take(sig::isSystemGoroutine, 0, ax)
                  .continue_if(ax);
              f.line("        switch s := readgstatus(gp); s &^ _Gscan {")
                  .set(s, load(gp, go.g("atomicstatus")) & ~std::uint64_t{kGscan})
                  .block([&] {
                    f.if_("        case _Gwaiting, _Gpreempted:", is({kGwaiting, kGpreempted}),
                          [&] { f.line("            grunning++").set(grunning, grunning + 1).continue_(); });
                    f.if_("        case _Grunnable, _Grunning, _Gsyscall:",
                          is({kGrunnable, kGrunning, kGsyscall}), [&] {
                            f.line("            throw(\"checkdead: runnable g\")")
                                .throws("checkdead: runnable g");
                          });
                  });
            },
            [&] { f.set(i, i + 1); });
  f.line("    unlock(&allglock)").call(sig::unlock2, {allglock});
  f.if_("    if grunning == 0 {", grunning == 0, [&] {
    f.line("        unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
    f.line(
         "        throw(\"no goroutines (main called runtime.Goexit) - "
         "deadlock!\")")
        .throws("no goroutines (main called runtime.Goexit) - deadlock!");
  });
  f.line("    // timers that could still fire: left out, there are none");
  f.line("    getg().m.throwing = -1  // no stacks in the message")
      .store(own_m, go.m("throwing"), ~std::uint64_t{0});
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line("    throw(\"all goroutines are asleep - deadlock!\")")
      .throws("all goroutines are asleep - deadlock!");
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
