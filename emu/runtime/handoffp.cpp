// proc.go, releasep and handoffp: an M lets go of its P, and another M is
// to have it.
#include "emu/runtime/runqempty.h"

namespace gogoscope::runtime {

GoFunction releasep(const Go& go) {
  GoFunction f(sig::releasep, {.bytes = 64});
  const Var result = f.result("_p_");
  const Var _p_ = f.local("_p_'", "*p");

  f.line("func releasep() *p {");
  f.if_("    if getg().m.p == 0 {", not_(own_p),
        [&] { f.line("        throw(\"releasep: invalid arg\")").throws("releasep: invalid arg"); });
  f.line("    _p_ := getg().m.p.ptr()").set(_p_, own_p);
  f.if_("    if _p_.m.ptr() != getg().m || _p_.status != _Prunning {",
        any(load(_p_, go.p("m")) != own_m, load(_p_, go.p("status")) != kPrunning),
        [&] { f.line("        throw(\"releasep: invalid p state\")").throws("releasep: invalid p state"); });
  f.line("    getg().m.p = 0").store(own_m, go.m("p"), 0);
  f.line("    _p_.m = 0").store(_p_, go.p("m"), 0);
  f.line("    _p_.status = _Pidle").store(_p_, go.p("status"), kPidle);
  f.line("    return _p_").set(result, _p_).ret();
  f.line("}");
  return f;
}

GoFunction handoffp(const Go& go) {
  GoFunction f(sig::handoffp, {.bytes = 32});
  const Var _p_ = f.param("_p_");
  const Var ax = GoFunction::in_register(Reg::rax);
  const Field& lock = go.sched("lock");
  const Field& nmspinning = go.sched("nmspinning");
  const Field& stopwait = go.sched("stopwait");
  const Field& stopnote = go.sched("stopnote");
  auto sched_lock = address(sched, lock);
  auto of_sched = [=](const char* name) { return load(sched, go.sched(name)); };

  f.line("func handoffp(_p_ *p) {");
  f.line("    if !runqempty(_p_) || sched.runqsize != 0 {");
  runqempty(f, go, _p_);
  f.if_(any(ax == 0, of_sched("runqsize")), [&] {
    f.line("        startm(_p_, false)  // it has work: an M must run it").call(sig::startm, {_p_, 0});
    f.line("        return").ret();
  });
  f.line(
      "    if gcBlackenEnabled != 0 && gcMarkWorkAvailable(_p_) {  // the "
      "collector's work: left out, none");
  f.line(
       "    if atomic.Load(&sched.nmspinning)+atomic.Load(&sched.npidle) == "
       "0 {")
      .set(ax, of_sched("nmspinning"))
      .if_(load(sched, go.sched("npidle")) + ax == 0, [&] {
        f.if_("        if atomic.Cas(&sched.nmspinning, 0, 1) {", cas(sched, nmspinning, 0, 1), [&] {
          f.line(
               "            startm(_p_, true)  // none spins, none is idle: all Ps "
               "are busy")
              .call(sig::startm, {_p_, 1});
          f.line("            return").ret();
        });
      });
  f.line("    lock(&sched.lock)").call(sig::lock2, {sched_lock});
  f.if_("    if sched.gcwaiting != 0 {", of_sched("gcwaiting"), [&] {
    f.line("        _p_.status = _Pgcstop").store(_p_, go.p("status"), kPgcstop);
    f.line("        sched.stopwait--").add(sched, stopwait, -1);
    f.if_("        if sched.stopwait == 0 { notewakeup(&sched.stopnote) }", not_(of_sched("stopwait")),
          [&] { f.call(sig::notewakeup, {address(sched, stopnote)}); });
    f.line("        unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
    f.line("        return").ret();
  });
  f.line("    // runSafePointFn: left out");
  f.if_("    if sched.runqsize != 0 {", of_sched("runqsize"), [&] {
    f.line("        unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
    f.line("        startm(_p_, false)").call(sig::startm, {_p_, 0});
    f.line("        return").ret();
  });
  f.line(
       "    if sched.npidle == uint32(gomaxprocs-1) && "
       "atomic.Load64(&sched.lastpoll) != 0 {")
      .set(ax, of_sched("npidle"))
      .if_(all([=](Frame& x) { return x.load(x.symbol("runtime.gomaxprocs"), 4) - 1 == x.get(ax); },
               of_sched("lastpoll")),
           [&] {
             f.line("        unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
             f.line(
                  "        startm(_p_, false)  // the last P: an M must watch the "
                  "network")
                 .call(sig::startm, {_p_, 0});
             f.line("        return").ret();
           });
  f.line("    pidleput(_p_)").call(sig::pidleput, {_p_});
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line("    // wakeNetPoller for its timers: left out, there are none");
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
