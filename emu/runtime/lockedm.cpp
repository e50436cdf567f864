// proc.go, stoplockedm, startlockedm and incidlelocked: a goroutine that is
// locked to its M runs there or nowhere, and the M runs nothing else.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction stoplockedm(const Go& go) {
  GoFunction f(sig::stoplockedm, {.bytes = 72});
  const Var lockedg = f.local("lockedg", "*g"), _p_ = f.local("_p_", "*p"),
            status = f.local("status", "uint32");

  f.line("func stoplockedm() {");
  f.line(
       "    if getg().m.lockedg == 0 || getg().m.lockedg.ptr().lockedm.ptr() "
       "!= getg().m {")
      .set(lockedg, load(own_m, go.m("lockedg")))
      .if_(any(lockedg == 0, load(lockedg, go.g("lockedm")) != own_m), [&] {
        f.line("        throw(\"stoplockedm: inconsistent locking\")")
            .throws("stoplockedm: inconsistent locking");
      });
  f.if_("    if getg().m.p != 0 {", own_p, [&] {
    f.line("        _p_ := releasep()").call(sig::releasep).take(sig::releasep, 0, _p_);
    f.line("        handoffp(_p_)  // another M shall run what waits here").call(sig::handoffp, {_p_});
  });
  f.line("    incidlelocked(1)").call(sig::incidlelocked, {1});
  f.line("    mPark()  // until an M schedules our goroutine").call(sig::mPark);
  f.line("    status := readgstatus(getg().m.lockedg.ptr())")
      .set(status, load(lockedg, go.g("atomicstatus")));
  f.if_(
      "    if status&^_Gscan != _Grunnable {",
      [=](Frame& x) { return (x.get(status) & ~std::uint64_t{kGscan}) != kGrunnable; },
      [&] { f.line("        throw(\"stoplockedm: not runnable\")").throws("stoplockedm: not runnable"); });
  f.line("    acquirep(getg().m.nextp.ptr())").call(sig::acquirep, {load(own_m, go.m("nextp"))});
  f.line("    getg().m.nextp = 0").store(own_m, go.m("nextp"), 0);
  f.line("}").ret();
  return f;
}

GoFunction startlockedm(const Go& go) {
  GoFunction f(sig::startlockedm, {.bytes = 32});
  const Var gp = f.param("gp");
  const Var mp = f.local("mp", "*m");
  const Var _p_ = GoFunction::in_register(Reg::rax);
  const Field& park = go.m("park");

  f.line("func startlockedm(gp *g) {");
  f.line("    mp := gp.lockedm.ptr()").set(mp, load(gp, go.g("lockedm")));
  f.if_("    if mp == getg().m {", mp == own_m, [&] {
    f.line("        throw(\"startlockedm: locked to me\")").throws("startlockedm: locked to me");
  });
  f.if_("    if mp.nextp != 0 {", load(mp, go.m("nextp")),
        [&] { f.line("        throw(\"startlockedm: m has p\")").throws("startlockedm: m has p"); });
  f.line("    incidlelocked(-1)").call(sig::incidlelocked, {-1});
  f.line(
       "    _p_ := releasep()  // our P goes straight to the M that gp is "
       "locked to")
      .call(sig::releasep)
      .take(sig::releasep, 0, _p_);
  f.line("    mp.nextp.set(_p_)").store(mp, go.m("nextp"), _p_);
  f.line("    notewakeup(&mp.park)").call(sig::notewakeup, {address(mp, park)});
  f.line("    stopm()").call(sig::stopm);
  f.line("}").ret();
  return f;
}

GoFunction incidlelocked(const Go& go) {
  GoFunction f(sig::incidlelocked, {.bytes = 24, .ours = true});
  const Var v = f.param("v");
  const Field& lock = go.sched("lock");
  const Field& nmidlelocked = go.sched("nmidlelocked");
  auto sched_lock = address(sched, lock);

  f.line("func incidlelocked(v int32) {");
  f.line("    lock(&sched.lock)").call(sig::lock2, {sched_lock});
  f.line("    sched.nmidlelocked += v").add(sched, nmidlelocked, v);
  f.if_("    if v > 0 {", int32(v) > 0, [&] { f.line("        checkdead()").call(sig::checkdead); });
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
