// proc.go, globrunqget: a share of the global queue: the first is returned, the rest fill the P's ring.
#include <algorithm>

#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction globrunqget(const Go& go) {
  GoFunction f(sig::globrunqget, {.bytes = 48});
  const Var _p_ = f.param("_p_"), max = f.param("max"), result = f.result("gp");
  const Var n = f.local("n", "int32");
  const Var gp1 = GoFunction::in_register(Reg::rax), link = GoFunction::in_register(Reg::rcx);
  const Field& runqsize = go.sched("runqsize");
  const Field& head = go.sched("runq.head");
  const Field& tail = go.sched("runq.tail");
  const Field& schedlink = go.g("schedlink");
  auto pop = [&](Var into) {
    f.set(into, load(sched, head))
        .set(link, load(into, schedlink))
        .store(sched, head, link)
        .if_(link == 0, [&] { f.store(sched, tail, 0); });
  };

  f.line("func globrunqget(_p_ *p, max int32) *g {");
  f.if_("    if sched.runqsize == 0 {", load(sched, runqsize) == 0,
        [&] { f.line("        return nil").set(result, 0).ret(); });
  f.line("    n := sched.runqsize/gomaxprocs + 1").set(n, [=](Frame& x) {
    return x.quotient(x.load(sched(x), runqsize), x.load_private(x.symbol("runtime.gomaxprocs"), 4)) + 1;
  });
  f.line("    n = min(n, sched.runqsize, max if max > 0, len(_p_.runq)/2)").set(n, [=](Frame& x) {
    std::uint64_t least = std::min({x.get(n), x.load(sched(x), runqsize), kRunqSize / 2});
    if (const auto most = x.get(max); most > 0) least = std::min(least, most);
    return least;
  });
  f.line("    sched.runqsize -= n").stores([=](Frame& x) {
    x.xadd(sched(x) + runqsize.offset, 4, 0 - x.get(n));
  });
  f.line("    gp := sched.runq.pop()");
  pop(gp1);
  f.set(result, gp1);
  f.line("    for n--; n > 0; n-- {").set(n, n - 1).for_(n, [&] {
    f.line("        gp1 := sched.runq.pop()");
    pop(gp1);
    f.line("        runqput(_p_, gp1, false)").call(sig::runqput, {_p_, gp1, 0});
    f.set(n, n - 1);
  });
  f.line("    return gp").ret();
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
