// proc.go, schedule: one round of the scheduler, on g0. Never returns.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction schedule(const Go& go) {
  GoFunction f(sig::schedule, {.bytes = 96});
  const Var _g_ = f.local("_g_", "*g"), pp = f.local("pp", "*p"), gp = f.local("gp", "*g"),
            inheritTime = f.local("inheritTime", "bool");
  const std::uint32_t lock = go.sched("lock").offset;
  auto sched = [](Frame& x) { return x.symbol("runtime.sched"); };
  auto of_m = [&](const char* name) {
    const Field& field = go.m(name);
    return [&field](Frame& x) { return x.load(x.m(), field); };
  };
  const Label no_locks = f.label(), no_lockedg = f.label(), no_cgo = f.label(), top = f.label(),
              no_gc = f.label(), no_safe_point = f.label(), not_spinning = f.label(), local = f.label(),
              found = f.label(), found_here = f.label(), no_reset = f.label(), unlocked = f.label(),
              has_work = f.label();
  const Var head = GoFunction::in_register(Reg::rax);

  f.line("func schedule() {");
  f.line("    _g_ := getg()").set(_g_, [](Frame& x) { return x.getg(); });
  f.line("    if _g_.m.locks != 0 {").jump_unless(of_m("locks"), no_locks);
  f.line("        throw(\"schedule: holding locks\")").throws("schedule: holding locks");
  f.line("    }");
  f.line("    if _g_.m.lockedg != 0 {").at(no_locks).jump_unless(of_m("lockedg"), no_lockedg);
  f.line("        stoplockedm()  // until somebody hands us a P to run lockedg with").call(sig::stoplockedm);
  f.line("        execute(_g_.m.lockedg.ptr(), false)  // never returns")
      .call(sig::execute, {[=](Frame& x) { return x.load(x.m(), go.m("lockedg")); }, 0});
  f.line("    }");
  f.line("    if _g_.m.incgo {").at(no_lockedg).jump_unless(of_m("incgo"), no_cgo);
  f.line("        throw(\"schedule: in cgo\")").throws("schedule: in cgo");
  f.line("    }");
  f.line("top:");
  f.line("    pp := _g_.m.p.ptr()").at(no_cgo).at(top).set(pp, [](Frame& x) { return x.p(); });
  f.line("    pp.preempt = false").store(pp, go.p("preempt"), 0);
  f.line("    if sched.gcwaiting != 0 {")
      .jump_unless([=](Frame& x) { return x.load(sched(x), go.sched("gcwaiting")); }, no_gc);
  f.line("        gcstopm()").call(sig::gcstopm);
  f.line("        goto top").jump(top);
  f.line("    }");
  f.line("    if pp.runSafePointFn != 0 {");
  f.at(no_gc).jump_unless([=](Frame& x) { return x.load(x.get(pp), go.p("runSafePointFn")); }, no_safe_point);
  f.line("        runSafePointFn()").left_out("runSafePointFn");
  f.line("    }");
  f.line("    if _g_.m.spinning && (pp.runnext != 0 || pp.runqhead != pp.runqtail) {")
      .at(no_safe_point)
      .jump_unless(of_m("spinning"), not_spinning)
      .jump_if([=](Frame& x) { return x.load(x.get(pp), go.p("runnext")); }, has_work)
      .set(head, [=](Frame& x) { return x.load(x.get(pp), go.p("runqhead")); })
      .jump_if([=](Frame& x) { return x.load(x.get(pp), go.p("runqtail")) == x.get(head); }, not_spinning);
  f.line("        throw(\"schedule: spinning with local work\")")
      .at(has_work)
      .throws("schedule: spinning with local work");
  f.line("    }");
  f.line("    // checkTimers, the trace reader, the GC worker: left out, there are none");
  f.line("    var gp *g").at(not_spinning).set(gp, 0);
  f.line("    var inheritTime bool").set(inheritTime, 0);
  f.line("    if pp.schedtick%61 == 0 && sched.runqsize > 0 {")
      .jump_if([=](Frame& x) { return x.load(x.get(pp), go.p("schedtick")) % 61; }, local)
      .jump_unless([=](Frame& x) { return x.load(sched(x), go.sched("runqsize")); }, local);
  f.line("        lock(&sched.lock)").call(sig::lock2, {[=](Frame& x) { return sched(x) + lock; }});
  f.line("        gp = globrunqget(pp, 1)").call(sig::globrunqget, {pp, 1}).take(sig::globrunqget, 0, gp);
  f.line("        unlock(&sched.lock)").call(sig::unlock2, {[=](Frame& x) { return sched(x) + lock; }});
  f.line("    }");
  f.line("    if gp == nil {").at(local).jump_if(gp, found);
  f.line("        gp, inheritTime = runqget(pp)")
      .call(sig::runqget, {pp})
      .take(sig::runqget, 0, gp)
      .take(sig::runqget, 1, inheritTime);
  f.line("    }");
  f.line("    if gp == nil {").at(found).jump_if(gp, found_here);
  f.line("        gp, inheritTime = findrunnable()  // blocks until work is available")
      .call(sig::findrunnable)
      .take(sig::findrunnable, 0, gp)
      .take(sig::findrunnable, 1, inheritTime);
  f.line("    }");
  f.line("    if _g_.m.spinning {").at(found_here).jump_unless(of_m("spinning"), no_reset);
  f.line("        resetspinning()").call(sig::resetspinning);
  f.line("    }");
  f.line("    if gp.lockedm != 0 {");
  f.at(no_reset).jump_unless([=](Frame& x) { return x.load(x.get(gp), go.g("lockedm")); }, unlocked);
  f.line("        startlockedm(gp)  // our P goes to the thread that gp has locked")
      .call(sig::startlockedm, {gp});
  f.line("        goto top").jump(top);
  f.line("    }");
  f.line("    execute(gp, inheritTime)").at(unlocked).call(sig::execute, {gp, inheritTime});
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
