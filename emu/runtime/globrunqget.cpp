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
  const Label some = f.label(), pop_more = f.label(), done = f.label();
  auto sched = [](Frame& x) { return x.symbol("runtime.sched"); };
  auto pop = [&](Var into) {
    const Label more = f.label();
    f.set(into, [=](Frame& x) { return x.load(sched(x), head); })
        .set(link, [=](Frame& x) { return x.load(x.get(into), schedlink); })
        .store(sched, head, link)
        .jump_if(link, more)
        .store(sched, tail, 0);
    f.at(more);
  };

  f.line("func globrunqget(_p_ *p, max int32) *g {");
  f.line("    if sched.runqsize == 0 {").jump_if([=](Frame& x) { return x.load(sched(x), runqsize); }, some);
  f.line("        return nil").set(result, 0).ret();
  f.line("    }");
  f.line("    n := sched.runqsize/gomaxprocs + 1");
  f.at(some).set(n, [=](Frame& x) {
    return x.load(sched(x), runqsize) / x.load_private(x.symbol("runtime.gomaxprocs"), 4) + 1;
  });
  f.line("    n = min(n, sched.runqsize, max if max > 0, len(_p_.runq)/2)").set(n, [=](Frame& x) {
    std::uint64_t least = std::min({x.get(n), x.load(sched(x), runqsize), kRunqSize / 2});
    if (const auto most = x.get(max); most > 0) least = std::min(least, most);
    return least;
  });
  f.line("    sched.runqsize -= n").does([=](Frame& x) {
    x.xadd(sched(x) + runqsize.offset, 4, 0 - x.get(n));
  });
  f.line("    gp := sched.runq.pop()");
  pop(gp1);
  f.set(result, gp1);
  f.line("    for n--; n > 0; n-- {");
  f.set(n, [=](Frame& x) { return x.get(n) - 1; });
  f.at(pop_more).jump_unless(n, done);
  f.line("        gp1 := sched.runq.pop()");
  pop(gp1);
  f.line("        runqput(_p_, gp1, false)").call(sig::runqput, {_p_, gp1, 0});
  f.set(n, [=](Frame& x) { return x.get(n) - 1; }).jump(pop_more);
  f.line("    }");
  f.line("    return gp").at(done).ret();
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
