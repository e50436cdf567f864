// proc.go, startm, wakep and resetspinning: an M for a P that has, or may find,
// work.
#include "emu/runtime/acquirem.h"
#include "emu/runtime/runqempty.h"

namespace gogoscope::runtime {

GoFunction startm(const Go& go) {
  GoFunction f(sig::startm, {.bytes = 64});
  const Var _p_ = f.param("_p_"), spinning = f.param("spinning");
  const Var nmp = f.local("nmp", "*m"), id = f.local("id", "int64"), fn = f.local("fn", "func()");
  const Var ax = GoFunction::in_register(Reg::rax);
  const Field& lock = go.sched("lock");
  const Field& nmspinning = go.sched("nmspinning");
  const Field& nextp = go.m("nextp");
  const Field& park = go.m("park");
  auto sched_lock = address(sched, lock);

  f.line("func startm(_p_ *p, spinning bool) {");
  f.line("    mp := acquirem()");
  acquirem(f, go);
  f.line("    lock(&sched.lock)").call(sig::lock2, {sched_lock});
  f.if_("    if _p_ == nil {", _p_ == 0, [&] {
    f.line("        _p_ = pidleget()").call(sig::pidleget).take(sig::pidleget, 0, _p_);
    f.if_("        if _p_ == nil {", _p_ == 0, [&] {
      f.line("            unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
      f.if_("            if spinning {", spinning, [&] {
        f.if_(
            "                if int32(atomic.Xadd(&sched.nmspinning, -1)) < 0 {  "
            "// the caller counted us in",
            int32(xadd(sched, nmspinning, -1)) < 0, [&] {
              f.line("                    throw(\"startm: negative nmspinning\")")
                  .throws("startm: negative nmspinning");
            });
      });
      f.line("            releasem(mp)");
      releasem(f, go);
      f.line("            return").ret();
    });
  });
  f.line("    nmp := mget()").call(sig::mget).take(sig::mget, 0, nmp);
  f.if_("    if nmp == nil {", nmp == 0, [&] {
    f.line(
         "        id := mReserveID()  // under the lock; the M itself is made "
         "without it")
        .call(sig::mReserveID)
        .take(sig::mReserveID, 0, id);
    f.line("        unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
    f.line("        var fn func(); if spinning { fn = mspinning }").set(fn, 0).if_(spinning, [&] {
      f.set(fn, symbol("runtime.mspinning.f"));
    });
    f.line("        newm(fn, _p_, id)").call(sig::newm, {fn, _p_, id});
    f.line("        releasem(mp)");
    releasem(f, go);
    f.line("        return").ret();
  });
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.if_("    if nmp.spinning {", load(nmp, go.m("spinning")),
        [&] { f.line("        throw(\"startm: m is spinning\")").throws("startm: m is spinning"); });
  f.if_("    if nmp.nextp != 0 {", load(nmp, go.m("nextp")),
        [&] { f.line("        throw(\"startm: m has p\")").throws("startm: m has p"); });
  f.if_("    if spinning && !runqempty(_p_) {", spinning, [&] {
    runqempty(f, go, _p_);
    f.if_(ax == 0, [&] {
      f.line("        throw(\"startm: p has runnable gs\")").throws("startm: p has runnable gs");
    });
  });
  f.line(
       "    nmp.spinning = spinning  // it sleeps still: the caller counted "
       "it in")
      .store(nmp, go.m("spinning"), spinning);
  f.line("    nmp.nextp.set(_p_)").store(nmp, nextp, _p_);
  f.line("    notewakeup(&nmp.park)").call(sig::notewakeup, {address(nmp, park)});
  f.line("    releasem(mp)");
  releasem(f, go);
  f.line("}").ret();
  return f;
}

GoFunction wakep(const Go& go) {
  GoFunction f(sig::wakep, {.bytes = 24});
  const Field& nmspinning = go.sched("nmspinning");

  f.line("func wakep() {");
  f.if_("    if atomic.Load(&sched.npidle) == 0 {", load(sched, go.sched("npidle")) == 0,
        [&] { f.line("        return").ret(); });
  f.if_(
      "    if atomic.Load(&sched.nmspinning) != 0 || "
      "!atomic.Cas(&sched.nmspinning, 0, 1) {",
      any(load(sched, nmspinning), not_(cas(sched, nmspinning, 0, 1))),
      [&] { f.line("        return  // an M looks for work already, or is about to").ret(); });
  f.line("    startm(nil, true)").call(sig::startm, {0, 1});
  f.line("}").ret();
  return f;
}

GoFunction resetspinning(const Go& go) {
  GoFunction f(sig::resetspinning, {.bytes = 24});
  const Var nmspinning = GoFunction::in_register(Reg::rax);
  // the frame has no room for it

  f.line("func resetspinning() {");
  f.if_("    if !getg().m.spinning {", load(own_m, go.m("spinning")) == 0, [&] {
    f.line("        throw(\"resetspinning: not a spinning m\")").throws("resetspinning: not a spinning m");
  });
  f.line("    getg().m.spinning = false").store(own_m, go.m("spinning"), 0);
  f.line("    nmspinning := atomic.Xadd(&sched.nmspinning, -1)")
      .set(nmspinning, xadd(sched, go.sched("nmspinning"), -1));
  f.if_("    if int32(nmspinning) < 0 {", int32(nmspinning) < 0, [&] {
    f.line("        throw(\"findrunnable: negative nmspinning\")")
        .throws("findrunnable: negative nmspinning");
  });
  f.line("    wakep()  // we have found work: there may be more, for another M").call(sig::wakep);
  f.line("}").ret();
  return f;
}

GoFunction mspinning(const Go& go) {
  GoFunction f(sig::mspinning, {.bytes = 0, .stack_check = false});
  f.line(
      "func mspinning() {  // startm's caller counted this M in when it "
      "made it");
  f.line("    getg().m.spinning = true").store(own_m, go.m("spinning"), 1);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
