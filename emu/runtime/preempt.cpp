// proc.go, preemptone, preemptall and gopreempt_m: a goroutine is asked to yield, and does so at the next
// stack check. Go also sends a signal to the thread; here GODEBUG=asyncpreemptoff=1 holds, there are no
// signals.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction preemptone(const Go& go) {
  GoFunction f(sig::preemptone, {.bytes = 24});
  const Var _p_ = f.param("_p_"), ok = f.result("ok");
  const Var mp = f.local("mp", "*m"), gp = f.local("gp", "*g");

  f.line("func preemptone(_p_ *p) bool {");
  f.line("    mp := _p_.m.ptr()").set(mp, load(_p_, go.p("m")));
  f.if_("    if mp == nil || mp == getg().m {",
        not_([=](Frame& x) { return x.get(mp) != 0 && x.get(mp) != x.m(); }),
        [&] { f.line("        return false").set(ok, 0).ret(); });
  f.line("    gp := mp.curg").set(gp, load(mp, go.m("curg")));
  f.if_("    if gp == nil || gp == mp.g0 {", any(gp == 0, gp == load(mp, go.m("g0"))),
        [&] { f.line("        return false").set(ok, 0).ret(); });
  f.line("    gp.preempt = true").store(gp, go.g("preempt"), 1);
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

  f.line("func preemptall() bool {");
  f.line("    res := false").set(res, 0);
  f.line("    for _, _p_ := range allp {")
      .set(i, 0)
      .for_([=](Frame& x) { return x.get(i) < x.load(x.symbol("runtime.allp") + 8); },
            [&] {
              f.set(_p_, [](Frame& x) { return x.load(x.symbol("runtime.allp")); }).set(_p_, [=](Frame& x) {
                return x.load(x.get(_p_) + x.get(i) * 8);
              });
              f.line("        if _p_.status != _Prunning { continue }")
                  .continue_if(load(_p_, go.p("status")) != kPrunning);
              f.line("        if preemptone(_p_) { res = true }")
                  .call(sig::preemptone, {_p_})
                  .take(sig::preemptone, 0, ax)
                  .if_(ax, [&] { f.set(res, 1); });
            },
            [&] { f.set(i, i + 1); });
  f.line("    return res").ret();
  f.line("}");
  return f;
}

GoFunction gopreempt_m(const Go&) {
  GoFunction f(sig::gopreempt_m, {.bytes = 48});
  f.line("func gopreempt_m(gp *g) {");
  f.if_("    if trace.enabled {", tracing,
        [&] { f.line("        traceGoPreempt()").call(sig::traceGoPreempt); });
  f.line("    goschedImpl(gp)").call(sig::goschedImpl, {f.param("gp")});
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
