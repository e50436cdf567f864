// proc.go, runqsteal: half of p2's work to the own ring; the last of it is returned, to run at once.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction runqsteal(const Go& go) {
  GoFunction f(sig::runqsteal, {.bytes = 48});
  const Var _p_ = f.param("_p_"), p2 = f.param("p2"), stealRunNextG = f.param("stealRunNextG"),
            result = f.result("gp");
  const Var t = f.local("t", "uint32");
  // lives across runqgrab
  const Var n = GoFunction::in_register(Reg::rax), h = GoFunction::in_register(Reg::rcx);
  const Field& runq = go.p("runq");

  f.line("func runqsteal(_p_, p2 *p, stealRunNextG bool) *g {");
  f.line("    t := _p_.runqtail").set(t, load(_p_, go.p("runqtail")));
  f.line("    n := runqgrab(p2, &_p_.runq, t, stealRunNextG)")
      .call(sig::runqgrab, {p2, address(_p_, runq), t, stealRunNextG})
      .take(sig::runqgrab, 0, n);
  f.if_("    if n == 0 {", n == 0, [&] { f.line("        return nil").set(result, 0).ret(); });
  f.line("    n--").set(n, n - 1);
  f.line("    gp := _p_.runq[(t+n)%uint32(len(_p_.runq))].ptr()").set(result, [=](Frame& x) {
    return x.load(x.get(_p_) + runq.offset + (x.get(t) + x.get(n)) % kRunqSize * 8);
  });
  f.if_("    if n == 0 {", n == 0, [&] { f.line("        return gp").ret(); });
  f.line("    h := atomic.LoadAcq(&_p_.runqhead)").set(h, load(_p_, go.p("runqhead")));
  f.if_(
      "    if t-h+n >= uint32(len(_p_.runq)) {",
      [=](Frame& x) { return ((x.get(t) - x.get(h) + x.get(n)) & 0xffffffff) >= kRunqSize; },
      [&] { f.line("        throw(\"runqsteal: runq overflow\")").throws("runqsteal: runq overflow"); });
  f.line("    atomic.StoreRel(&_p_.runqtail, t+n)  // now other thieves can see them")
      .store(_p_, go.p("runqtail"), t + n);
  f.line("    return gp").ret();
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
