// proc.go, stoplockedm, startlockedm and incidlelocked: a goroutine that is
// locked to its M runs there or nowhere, and the M runs nothing else.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

namespace {

auto own_m = [](Frame& x) { return x.m(); };

}  // namespace

GoFunction stoplockedm(const Go& go) {
  GoFunction f(sig::stoplockedm, {.bytes = 72});
  const Var lockedg = f.local("lockedg", "*g"), _p_ = f.local("_p_", "*p"),
            status = f.local("status", "uint32");
  const Label bad = f.label(), good = f.label(), no_p = f.label(), runnable = f.label();
  f.line("func stoplockedm() {");
  f.line(
       "    if getg().m.lockedg == 0 || getg().m.lockedg.ptr().lockedm.ptr() "
       "!= getg().m {")
      .set(lockedg, [=](Frame& x) { return x.load(x.m(), go.m("lockedg")); })
      .jump_unless(lockedg, bad)
      .jump_if([=](Frame& x) { return x.load(x.get(lockedg), go.g("lockedm")) == x.m(); }, good);
  f.line("        throw(\"stoplockedm: inconsistent locking\")")
      .at(bad)
      .throws("stoplockedm: inconsistent locking");
  f.line("    }");
  f.line("    if getg().m.p != 0 {").at(good).jump_unless([](Frame& x) { return x.p(); }, no_p);
  f.line("        _p_ := releasep()").call(sig::releasep).take(sig::releasep, 0, _p_);
  f.line("        handoffp(_p_)  // another M shall run what waits here").call(sig::handoffp, {_p_});
  f.line("    }");
  f.line("    incidlelocked(1)").at(no_p).call(sig::incidlelocked, {1});
  f.line("    mPark()  // until somebody schedules our goroutine").call(sig::mPark);
  f.line("    status := readgstatus(getg().m.lockedg.ptr())").set(status, [=](Frame& x) {
    return x.load(x.get(lockedg), go.g("atomicstatus"));
  });
  f.line("    if status&^_Gscan != _Grunnable {")
      .jump_if([=](Frame& x) { return (x.get(status) & ~std::uint64_t{kGscan}) == kGrunnable; }, runnable);
  f.line("        throw(\"stoplockedm: not runnable\")").throws("stoplockedm: not runnable");
  f.line("    }");
  f.line("    acquirep(getg().m.nextp.ptr())").at(runnable).call(sig::acquirep, {[=](Frame& x) {
                                                                   return x.load(x.m(), go.m("nextp"));
                                                                 }});
  f.line("    getg().m.nextp = 0").store(own_m, go.m("nextp"), 0);
  f.line("}").ret();
  return f;
}

GoFunction startlockedm(const Go& go) {
  GoFunction f(sig::startlockedm, {.bytes = 32});
  const Var gp = f.param("gp");
  const Var mp = f.local("mp", "*m");
  const Var _p_ = GoFunction::in_register(Reg::rax);
  const std::uint32_t park = go.m("park").offset;
  const Label other = f.label(), no_p = f.label();
  f.line("func startlockedm(gp *g) {");
  f.line("    mp := gp.lockedm.ptr()").set(mp, [=](Frame& x) { return x.load(x.get(gp), go.g("lockedm")); });
  f.line("    if mp == getg().m {").jump_if([=](Frame& x) { return x.get(mp) != x.m(); }, other);
  f.line("        throw(\"startlockedm: locked to me\")").throws("startlockedm: locked to me");
  f.line("    }");
  f.line("    if mp.nextp != 0 {")
      .at(other)
      .jump_unless([=](Frame& x) { return x.load(x.get(mp), go.m("nextp")); }, no_p);
  f.line("        throw(\"startlockedm: m has p\")").throws("startlockedm: m has p");
  f.line("    }");
  f.line("    incidlelocked(-1)").at(no_p).call(sig::incidlelocked, {-1});
  f.line(
       "    _p_ := releasep()  // our P goes straight to the M that gp is "
       "locked to")
      .call(sig::releasep)
      .take(sig::releasep, 0, _p_);
  f.line("    mp.nextp.set(_p_)").store(mp, go.m("nextp"), _p_);
  f.line("    notewakeup(&mp.park)").call(sig::notewakeup, {[=](Frame& x) { return x.get(mp) + park; }});
  f.line("    stopm()").call(sig::stopm);
  f.line("}").ret();
  return f;
}

GoFunction incidlelocked(const Go& go) {
  GoFunction f(sig::incidlelocked, {.bytes = 24, .ours = true});
  const Var v = f.param("v");
  const std::uint32_t lock = go.sched("lock").offset, nmidlelocked = go.sched("nmidlelocked").offset;
  auto sched = [](Frame& x) { return x.symbol("runtime.sched"); };
  auto sched_lock = [=](Frame& x) { return sched(x) + lock; };
  const Label done = f.label();
  f.line("func incidlelocked(v int32) {");
  f.line("    lock(&sched.lock)").call(sig::lock2, {sched_lock});
  f.line("    sched.nmidlelocked += v").does([=](Frame& x) { x.xadd(sched(x) + nmidlelocked, 4, x.get(v)); });
  f.line("    if v > 0 {")
      .jump_unless([=](Frame& x) { return static_cast<std::int32_t>(x.get(v)) > 0; }, done);
  f.line("        checkdead()").call(sig::checkdead);
  f.line("    }");
  f.line("    unlock(&sched.lock)").at(done).call(sig::unlock2, {sched_lock});
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
