// proc.go, startm, wakep and resetspinning: an M for a P that has, or may find,
// work.
#include "emu/runtime/acquirem.h"
#include "emu/runtime/runqempty.h"

namespace gogoscope::runtime {

namespace {

auto sched = [](Frame& x) { return x.symbol("runtime.sched"); };

}  // namespace

GoFunction startm(const Go& go) {
  GoFunction f(sig::startm, {.bytes = 64});
  const Var _p_ = f.param("_p_"), spinning = f.param("spinning");
  const Var nmp = f.local("nmp", "*m"), id = f.local("id", "int64"), fn = f.local("fn", "func()");
  const Var ax = GoFunction::in_register(Reg::rax);
  const std::uint32_t lock = go.sched("lock").offset;
  const Field& nmspinning = go.sched("nmspinning");
  const Field& nextp = go.m("nextp");
  const std::uint32_t park = go.m("park").offset;
  auto sched_lock = [=](Frame& x) { return sched(x) + lock; };
  const Label have_p = f.label(), quiet = f.label(), have_m = f.label(), plain = f.label(),
              resting = f.label(), no_p = f.label(), good = f.label();

  f.line("func startm(_p_ *p, spinning bool) {");
  f.line("    mp := acquirem()");
  acquirem(f, go);
  f.line("    lock(&sched.lock)").call(sig::lock2, {sched_lock});
  f.line("    if _p_ == nil {").jump_if(_p_, have_p);
  f.line("        _p_ = pidleget()").call(sig::pidleget).take(sig::pidleget, 0, _p_);
  f.line("        if _p_ == nil {").jump_if(_p_, have_p);
  f.line("            unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line("            if spinning {").jump_unless(spinning, quiet);
  f.line(
       "                if int32(atomic.Xadd(&sched.nmspinning, -1)) < 0 {  "
       "// the caller counted us in")
      .jump_if(
          [=, &nmspinning](Frame& x) {
            return static_cast<std::int32_t>(x.xadd(sched(x) + nmspinning.offset, 4, ~std::uint64_t{0})) >= 0;
          },
          quiet);
  f.line("                    throw(\"startm: negative nmspinning\")").throws("startm: negative nmspinning");
  f.line("                }");
  f.line("            }");
  f.line("            releasem(mp)").at(quiet);
  releasem(f, go);
  f.line("            return").ret();
  f.line("        }");
  f.line("    }");
  f.line("    nmp := mget()").at(have_p).call(sig::mget).take(sig::mget, 0, nmp);
  f.line("    if nmp == nil {").jump_if(nmp, have_m);
  f.line(
       "        id := mReserveID()  // under the lock; the M itself is made "
       "without it")
      .set(id, [=](Frame& x) { return x.xadd(sched(x) + go.sched("mnext").offset, 8, 1) - 1; });
  f.line("        unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line("        var fn func(); if spinning { fn = mspinning }")
      .set(fn, 0)
      .jump_unless(spinning, plain)
      .set(fn, [](Frame& x) { return x.symbol("runtime.mspinning.f"); });
  f.line("        newm(fn, _p_, id)").at(plain).call(sig::newm, {fn, _p_, id});
  f.line("        releasem(mp)");
  releasem(f, go);
  f.line("        return").ret();
  f.line("    }");
  f.line("    unlock(&sched.lock)").at(have_m).call(sig::unlock2, {sched_lock});
  f.line("    if nmp.spinning {")
      .jump_unless([=](Frame& x) { return x.load(x.get(nmp), go.m("spinning")); }, resting);
  f.line("        throw(\"startm: m is spinning\")").throws("startm: m is spinning");
  f.line("    }");
  f.line("    if nmp.nextp != 0 {")
      .at(resting)
      .jump_unless([=](Frame& x) { return x.load(x.get(nmp), go.m("nextp")); }, no_p);
  f.line("        throw(\"startm: m has p\")").throws("startm: m has p");
  f.line("    }");
  f.line("    if spinning && !runqempty(_p_) {").at(no_p).jump_unless(spinning, good);
  runqempty(f, go, _p_);
  f.jump_if(ax, good);
  f.line("        throw(\"startm: p has runnable gs\")").throws("startm: p has runnable gs");
  f.line("    }");
  f.line(
       "    nmp.spinning = spinning  // it sleeps still: the caller counted "
       "it in")
      .at(good)
      .store(nmp, go.m("spinning"), spinning);
  f.line("    nmp.nextp.set(_p_)").store(nmp, nextp, _p_);
  f.line("    notewakeup(&nmp.park)").call(sig::notewakeup, {[=](Frame& x) { return x.get(nmp) + park; }});
  f.line("    releasem(mp)");
  releasem(f, go);
  f.line("}").ret();
  return f;
}

GoFunction wakep(const Go& go) {
  GoFunction f(sig::wakep, {.bytes = 24});
  const Field& nmspinning = go.sched("nmspinning");
  const Label some = f.label(), none = f.label(), start = f.label();
  f.line("func wakep() {");
  f.line("    if atomic.Load(&sched.npidle) == 0 {")
      .jump_if([=](Frame& x) { return x.load(sched(x), go.sched("npidle")); }, some);
  f.line("        return").ret();
  f.line("    }");
  f.line(
       "    if atomic.Load(&sched.nmspinning) != 0 || "
       "!atomic.Cas(&sched.nmspinning, 0, 1) {")
      .at(some)
      .jump_if([=, &nmspinning](Frame& x) { return x.load(sched(x), nmspinning); }, none)
      .jump_if([=, &nmspinning](Frame& x) { return x.cas(sched(x) + nmspinning.offset, 4, 0, 1); }, start);
  f.line("        return  // somebody looks for work already, or is about to").at(none).ret();
  f.line("    }");
  f.line("    startm(nil, true)").at(start).call(sig::startm, {0, 1});
  f.line("}").ret();
  return f;
}

GoFunction resetspinning(const Go& go) {
  GoFunction f(sig::resetspinning, {.bytes = 24});
  const Var nmspinning = GoFunction::in_register(Reg::rax);  // the frame has no room for it
  const Label spins = f.label(), good = f.label();
  f.line("func resetspinning() {");
  f.line("    if !getg().m.spinning {")
      .jump_if([=](Frame& x) { return x.load(x.m(), go.m("spinning")); }, spins);
  f.line("        throw(\"resetspinning: not a spinning m\")").throws("resetspinning: not a spinning m");
  f.line("    }");
  f.line("    getg().m.spinning = false")
      .at(spins)
      .store([](Frame& x) { return x.m(); }, go.m("spinning"), 0);
  f.line("    nmspinning := atomic.Xadd(&sched.nmspinning, -1)").set(nmspinning, [=](Frame& x) {
    return x.xadd(sched(x) + go.sched("nmspinning").offset, 4, ~std::uint64_t{0});
  });
  f.line("    if int32(nmspinning) < 0 {")
      .jump_if([=](Frame& x) { return static_cast<std::int32_t>(x.get(nmspinning)) >= 0; }, good);
  f.line("        throw(\"findrunnable: negative nmspinning\")").throws("findrunnable: negative nmspinning");
  f.line("    }");
  f.line("    wakep()  // we have found work: there may be more, for another M").at(good).call(sig::wakep);
  f.line("}").ret();
  return f;
}

GoFunction mspinning(const Go& go) {
  GoFunction f(sig::mspinning, {.bytes = 0, .stack_check = false});
  f.line(
      "func mspinning() {  // startm's caller counted this M in when it "
      "made it");
  f.line("    getg().m.spinning = true").store([](Frame& x) { return x.m(); }, go.m("spinning"), 1);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
