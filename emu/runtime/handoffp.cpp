// proc.go, releasep and handoffp: an M lets go of its P, and somebody else is
// to have it.
#include "emu/runtime/runqempty.h"

namespace gogoscope::runtime {

GoFunction releasep(const Go& go) {
  GoFunction f(sig::releasep, {.bytes = 64});
  const Var result = f.result("_p_");
  const Var _p_ = f.local("_p_'", "*p");
  const Label have = f.label(), bad = f.label(), good = f.label();
  f.line("func releasep() *p {");
  f.line("    if getg().m.p == 0 {").jump_if([](Frame& x) { return x.p(); }, have);
  f.line("        throw(\"releasep: invalid arg\")").throws("releasep: invalid arg");
  f.line("    }");
  f.line("    _p_ := getg().m.p.ptr()").at(have).set(_p_, [](Frame& x) { return x.p(); });
  f.line("    if _p_.m.ptr() != getg().m || _p_.status != _Prunning {")
      .jump_if([=](Frame& x) { return x.load(x.get(_p_), go.p("m")) != x.m(); }, bad)
      .jump_if([=](Frame& x) { return x.load(x.get(_p_), go.p("status")) == kPrunning; }, good);
  f.line("        throw(\"releasep: invalid p state\")").at(bad).throws("releasep: invalid p state");
  f.line("    }");
  f.line("    getg().m.p = 0").at(good).store([](Frame& x) { return x.m(); }, go.m("p"), 0);
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
  const std::uint32_t lock = go.sched("lock").offset;
  const Field& nmspinning = go.sched("nmspinning");
  const Field& stopwait = go.sched("stopwait");
  const std::uint32_t stopnote = go.sched("stopnote").offset;
  auto sched = [](Frame& x) { return x.symbol("runtime.sched"); };
  auto sched_lock = [=](Frame& x) { return sched(x) + lock; };
  auto of_sched = [=](const char* name) {
    const Field& field = go.sched(name);
    return [=, &field](Frame& x) { return x.load(sched(x), field); };
  };
  const Label work = f.label(), no_work = f.label(), no_gc_work = f.label(), spin = f.label(),
              quiet = f.label(), no_gc = f.label(), unlock = f.label(), none_global = f.label(),
              not_last = f.label();

  f.line("func handoffp(_p_ *p) {");
  f.line("    if !runqempty(_p_) || sched.runqsize != 0 {");
  runqempty(f, go, _p_);
  f.jump_unless(ax, work).jump_unless(of_sched("runqsize"), no_work);
  f.line("        startm(_p_, false)  // it has work: somebody must run it")
      .at(work)
      .call(sig::startm, {_p_, 0});
  f.line("        return").ret();
  f.line("    }");
  f.line(
      "    if gcBlackenEnabled != 0 && gcMarkWorkAvailable(_p_) {  // the "
      "collector's work: left out, none");
  f.line(
       "    if atomic.Load(&sched.nmspinning)+atomic.Load(&sched.npidle) == "
       "0 {")
      .at(no_work)
      .at(no_gc_work)
      .set(ax, of_sched("nmspinning"))
      .jump_if([=](Frame& x) { return x.load(sched(x), go.sched("npidle")) + x.get(ax); }, quiet);
  f.line("        if atomic.Cas(&sched.nmspinning, 0, 1) {")
      .jump_unless([=, &nmspinning](Frame& x) { return x.cas(sched(x) + nmspinning.offset, 4, 0, 1); },
                   quiet);
  f.line(
       "            startm(_p_, true)  // nobody spins, nobody idles: all Ps "
       "are busy")
      .at(spin)
      .call(sig::startm, {_p_, 1});
  f.line("            return").ret();
  f.line("        }");
  f.line("    }");
  f.line("    lock(&sched.lock)").at(quiet).call(sig::lock2, {sched_lock});
  f.line("    if sched.gcwaiting != 0 {").jump_unless(of_sched("gcwaiting"), no_gc);
  f.line("        _p_.status = _Pgcstop").store(_p_, go.p("status"), kPgcstop);
  f.line("        sched.stopwait--").does([=, &stopwait](Frame& x) {
    x.xadd(sched(x) + stopwait.offset, 4, ~std::uint64_t{0});
  });
  f.line("        if sched.stopwait == 0 { notewakeup(&sched.stopnote) }")
      .jump_if(of_sched("stopwait"), unlock)
      .call(sig::notewakeup, {[=](Frame& x) { return sched(x) + stopnote; }});
  f.line("        unlock(&sched.lock)").at(unlock).call(sig::unlock2, {sched_lock});
  f.line("        return").ret();
  f.line("    }");
  f.line("    // runSafePointFn: left out");
  f.line("    if sched.runqsize != 0 {").at(no_gc).jump_unless(of_sched("runqsize"), none_global);
  f.line("        unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line("        startm(_p_, false)").call(sig::startm, {_p_, 0});
  f.line("        return").ret();
  f.line("    }");
  f.line(
       "    if sched.npidle == uint32(gomaxprocs-1) && "
       "atomic.Load64(&sched.lastpoll) != 0 {")
      .at(none_global)
      .set(ax, of_sched("npidle"))
      .jump_if([=](Frame& x) { return x.load(x.symbol("runtime.gomaxprocs"), 4) - 1 != x.get(ax); }, not_last)
      .jump_unless(of_sched("lastpoll"), not_last);
  f.line("        unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line(
       "        startm(_p_, false)  // the last P: somebody must watch the "
       "network")
      .call(sig::startm, {_p_, 0});
  f.line("        return").ret();
  f.line("    }");
  f.line("    pidleput(_p_)").at(not_last).call(sig::pidleput, {_p_});
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line("    // wakeNetPoller for its timers: left out, there are none");
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
