// proc.go, runqsteal: half of p2's work to the own ring; the last of it is returned, to run at once.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction runqsteal(const Go& go) {
  GoFunction f(sig::runqsteal, {.bytes = 48});
  const Var _p_ = f.param("_p_"), p2 = f.param("p2"), stealRunNextG = f.param("stealRunNextG"),
            result = f.result("gp");
  const Var t = f.local("t", "uint32");  // lives across runqgrab
  const Var n = GoFunction::in_register(Reg::rax), h = GoFunction::in_register(Reg::rcx);
  const std::uint32_t runq = go.p("runq").offset;
  const Label some = f.label(), more = f.label(), fits = f.label();

  f.line("func runqsteal(_p_, p2 *p, stealRunNextG bool) *g {");
  f.line("    t := _p_.runqtail").set(t, [=](Frame& x) { return x.load(x.get(_p_), go.p("runqtail")); });
  f.line("    n := runqgrab(p2, &_p_.runq, t, stealRunNextG)")
      .call(sig::runqgrab, {p2, [=](Frame& x) { return x.get(_p_) + runq; }, t, stealRunNextG})
      .take(sig::runqgrab, 0, n);
  f.line("    if n == 0 {").jump_if(n, some);
  f.line("        return nil").set(result, 0).ret();
  f.line("    }");
  f.line("    n--").at(some).set(n, [=](Frame& x) { return x.get(n) - 1; });
  f.line("    gp := _p_.runq[(t+n)%uint32(len(_p_.runq))].ptr()").set(result, [=](Frame& x) {
    return x.load(x.get(_p_) + runq + (x.get(t) + x.get(n)) % kRunqSize * 8);
  });
  f.line("    if n == 0 {").jump_if(n, more);
  f.line("        return gp").ret();
  f.line("    }");
  f.line("    h := atomic.LoadAcq(&_p_.runqhead)").at(more).set(h, [=](Frame& x) {
    return x.load(x.get(_p_), go.p("runqhead"));
  });
  f.line("    if t-h+n >= uint32(len(_p_.runq)) {")
      .jump_if([=](Frame& x) { return ((x.get(t) - x.get(h) + x.get(n)) & 0xffffffff) < kRunqSize; }, fits);
  f.line("        throw(\"runqsteal: runq overflow\")").throws("runqsteal: runq overflow");
  f.line("    }");
  f.line("    atomic.StoreRel(&_p_.runqtail, t+n)  // now other thieves can see them")
      .at(fits)
      .store(_p_, go.p("runqtail"), [=](Frame& x) { return x.get(t) + x.get(n); });
  f.line("    return gp").ret();
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
