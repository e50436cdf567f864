// proc.go, schedule: one round of the scheduler, on g0. Never returns.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction schedule(const Go& go) {
  GoFunction f(sig::schedule, {.bytes = 96});
  const Var _g_ = f.local("_g_", "*g"), pp = f.local("pp", "*p"), gp = f.local("gp", "*g"),
            inheritTime = f.local("inheritTime", "bool");
  const Field& lock = go.sched("lock");
  auto of_m = [&](const char* name) { return load(own_m, go.m(name)); };
  const Label top = f.label();
  const Var head = GoFunction::in_register(Reg::rax);

  f.line("func schedule() {");
  f.line("    _g_ := getg()").set(_g_, getg);
  f.if_("    if _g_.m.locks != 0 {", of_m("locks"),
        [&] { f.line("        throw(\"schedule: holding locks\")").throws("schedule: holding locks"); });
  f.if_("    if _g_.m.lockedg != 0 {", of_m("lockedg"), [&] {
    f.line("        stoplockedm()  // until an M hands us a P to run lockedg with").call(sig::stoplockedm);
    f.line("        execute(_g_.m.lockedg.ptr(), false)  // never returns")
        .call(sig::execute, {load(own_m, go.m("lockedg")), 0});
  });
  f.if_("    if _g_.m.incgo {", of_m("incgo"),
        [&] { f.line("        throw(\"schedule: in cgo\")").throws("schedule: in cgo"); });
  f.line("top:");
  f.line("    pp := _g_.m.p.ptr()").at(top).set(pp, own_p);
  f.line("    pp.preempt = false").store(pp, go.p("preempt"), 0);
  f.if_("    if sched.gcwaiting != 0 {", load(sched, go.sched("gcwaiting")), [&] {
    f.line("        gcstopm()").call(sig::gcstopm);
    f.line("        goto top").goto_(top);
  });
  f.if_("    if pp.runSafePointFn != 0 {", load(pp, go.p("runSafePointFn")), [&] {
    f.line("        runSafePointFn()").left_out({"runSafePointFn", "runSafePointFn"});
  });
  f.if_("    if _g_.m.spinning && (pp.runnext != 0 || pp.runqhead != pp.runqtail) {",
        all(of_m("spinning"), any(load(pp, go.p("runnext")), reads(head, load(pp, go.p("runqhead"))),
                                  load(pp, go.p("runqtail")) != head)),
        [&] {
          f.line("        throw(\"schedule: spinning with local work\")")
              .throws("schedule: spinning with local work");
        });
  f.line("    // checkTimers, the trace reader, the GC worker: left out, there are none");
  f.line("    var gp *g").set(gp, 0);
  f.line("    var inheritTime bool").set(inheritTime, 0);
  f.line("    if pp.schedtick%61 == 0 && sched.runqsize > 0 {")
      .wrong_if("a-tick-late", "if pp.schedtick%61 == 1 && sched.runqsize > 0 {",
                all(load(pp, go.p("schedtick")) % 61 == 1, load(sched, go.sched("runqsize"))))
      .if_(all(load(pp, go.p("schedtick")) % 61 == 0, load(sched, go.sched("runqsize"))), [&] {
        f.line("        lock(&sched.lock)").call(sig::lock2, {address(sched, lock)});
        f.line("        gp = globrunqget(pp, 1)")
            .call(sig::globrunqget, {pp, 1})
            .take(sig::globrunqget, 0, gp);
        f.line("        unlock(&sched.lock)").call(sig::unlock2, {address(sched, lock)});
      });
  f.if_("    if gp == nil {", gp == 0, [&] {
    f.line("        gp, inheritTime = runqget(pp)")
        .call(sig::runqget, {pp})
        .take(sig::runqget, 0, gp)
        .take(sig::runqget, 1, inheritTime);
  });
  f.if_("    if gp == nil {", gp == 0, [&] {
    f.line("        gp, inheritTime = findrunnable()  // blocks until work is available")
        .call(sig::findrunnable)
        .take(sig::findrunnable, 0, gp)
        .take(sig::findrunnable, 1, inheritTime);
  });
  f.if_("    if _g_.m.spinning {", of_m("spinning"),
        [&] { f.line("        resetspinning()").call(sig::resetspinning); });
  f.if_("    if gp.lockedm != 0 {", load(gp, go.g("lockedm")), [&] {
    f.line("        startlockedm(gp)  // our P goes to the thread that gp has locked")
        .call(sig::startlockedm, {gp});
    f.line("        goto top").goto_(top);
  });
  f.line("    execute(gp, inheritTime)").call(sig::execute, {gp, inheritTime});
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
