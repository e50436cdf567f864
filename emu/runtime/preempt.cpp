// proc.go, preemptone, preemptall and gopreempt_m: a goroutine is asked to give way, and does so at the next
// stack check. Go also sends a signal to the thread; here GODEBUG=asyncpreemptoff=1 holds, there are no
// signals.
#include "emu/runtime/sig_wait.h"

namespace gogoscope::runtime {

GoFunction preemptone(const Go& go) {
  GoFunction f(sig::preemptone, {.bytes = 24});
  const Var _p_ = f.param("_p_"), ok = f.result("ok");
  const Var mp = f.local("mp", "*m"), gp = f.local("gp", "*g");
  const Label no_m = f.label(), other_m = f.label(), no_g = f.label(), ask = f.label();

  f.line("func preemptone(_p_ *p) bool {");
  f.line("    mp := _p_.m.ptr()").set(mp, [=](Frame& x) { return x.load(x.get(_p_), go.p("m")); });
  f.line("    if mp == nil || mp == getg().m {")
      .jump_if([=](Frame& x) { return x.get(mp) != 0 && x.get(mp) != x.m(); }, other_m);
  f.line("        return false").at(no_m).set(ok, 0).ret();
  f.line("    }");
  f.line("    gp := mp.curg").at(other_m).set(gp, [=](Frame& x) { return x.load(x.get(mp), go.m("curg")); });
  f.line("    if gp == nil || gp == mp.g0 {")
      .jump_unless(gp, no_g)
      .jump_if([=](Frame& x) { return x.get(gp) != x.load(x.get(mp), go.m("g0")); }, ask);
  f.line("        return false").at(no_g).set(ok, 0).ret();
  f.line("    }");
  f.line("    gp.preempt = true").at(ask).store(gp, go.g("preempt"), 1);
  f.line("    gp.stackguard0 = stackPreempt  // no SP is above it: the next stack check fails")
      .store(gp, go.g("stackguard0"), kStackPreempt);
  f.line("    // preemptM(mp): left out, no signals (asyncpreemptoff=1)");
  f.line("    return true").set(ok, 1).ret();
  f.line("}");
  return f;
}

GoFunction preemptall(const Go& go) {
  GoFunction f(sig::preemptall, {.bytes = 56, .ours = true});
  const Var res = f.result("ok");
  const Var i = f.local("i", "int"), _p_ = f.local("_p_", "*p");
  const Var ax = GoFunction::in_register(Reg::rax);
  const Label loop = f.label(), next = f.label(), done = f.label();

  f.line("func preemptall() bool {");
  f.line("    res := false").set(res, 0);
  f.line("    for _, _p_ := range allp {").set(i, 0);
  f.at(loop)
      .jump_if([=](Frame& x) { return x.get(i) >= x.load(x.symbol("runtime.allp") + 8); }, done)
      .set(_p_, [](Frame& x) { return x.load(x.symbol("runtime.allp")); })
      .set(_p_, [=](Frame& x) { return x.load(x.get(_p_) + x.get(i) * 8); });
  f.line("        if _p_.status != _Prunning { continue }")
      .jump_unless([=](Frame& x) { return x.load(x.get(_p_), go.p("status")) == kPrunning; }, next);
  f.line("        if preemptone(_p_) { res = true }")
      .call(sig::preemptone, {_p_})
      .take(sig::preemptone, 0, ax)
      .jump_unless(ax, next)
      .set(res, 1);
  f.line("    }").at(next).set(i, [=](Frame& x) { return x.get(i) + 1; }).jump(loop);
  f.line("    return res").at(done).ret();
  f.line("}");
  return f;
}

GoFunction gopreempt_m(const Go&) {
  GoFunction f(sig::gopreempt_m, {.bytes = 48});
  f.line("func gopreempt_m(gp *g) {");
  f.line("    goschedImpl(gp)").call(sig::goschedImpl, {f.param("gp")});
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
