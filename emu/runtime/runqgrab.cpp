// proc.go, runqgrab: takes half of another P's ring into a batch; if the ring is empty and the caller
// insists, the other P's runnext.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction runqgrab(const Go& go) {
  GoFunction f(sig::runqgrab, {.bytes = 24});
  const Var _p_ = f.param("_p_"), batch = f.param("batch"), batchHead = f.param("batchHead"),
            stealRunNextG = f.param("stealRunNextG"), result = f.result("n");
  const Var next = f.local("next", "guintptr");  // lives across usleep
  // The frame has no room for the others; no call falls between their uses.
  const Var h = GoFunction::in_register(Reg::rax), n = GoFunction::in_register(Reg::rbx),
            i = GoFunction::in_register(Reg::rdx), t = GoFunction::in_register(Reg::rcx), g = t;
  const Field& runnext = go.p("runnext");
  const std::uint32_t runq = go.p("runq").offset;
  const std::uint32_t runqhead = go.p("runqhead").offset;
  const Label again = f.label(), some = f.label(), nothing = f.label(), idle = f.label(), copy = f.label(),
              copied = f.label();
  // The batch is the ring of the P that steals: behind its tail, where nobody else looks yet.
  auto batch_element = [=](Frame& x, std::uint64_t index) {
    return x.get(batch) + (x.get(batchHead) + index) % kRunqSize * 8;
  };

  f.line("func runqgrab(_p_ *p, batch *[256]guintptr, batchHead uint32, stealRunNextG bool) uint32 {");
  f.line("    for {");
  f.line("        h := atomic.LoadAcq(&_p_.runqhead)");
  f.at(again).set(h, [=](Frame& x) { return x.load(x.get(_p_), go.p("runqhead")); });
  f.line("        t := atomic.LoadAcq(&_p_.runqtail)").set(t, [=](Frame& x) {
    return x.load(x.get(_p_), go.p("runqtail"));
  });
  f.line("        n := t - h").set(n, [=](Frame& x) { return (x.get(t) - x.get(h)) & 0xffffffff; });
  f.line("        n = n - n/2  // half, rounded up").set(n, [=](Frame& x) {
    return x.get(n) - x.get(n) / 2;
  });
  f.line("        if n == 0 {").jump_if(n, some);
  f.line("            if stealRunNextG {").jump_unless(stealRunNextG, nothing);
  f.line("                if next := _p_.runnext; next != 0 {")
      .set(next, [=](Frame& x) { return x.load(x.get(_p_), runnext); })
      .jump_unless(next, nothing);
  f.line("                    if _p_.status == _Prunning {  // it may be just about to run next itself")
      .jump_unless([=](Frame& x) { return x.load(x.get(_p_), go.p("status")) == kPrunning; }, idle);
  f.line("                        usleep(3)").call(sig::usleep, {3});
  f.line("                    }");
  f.line("                    if !_p_.runnext.cas(next, 0) { continue }")
      .at(idle)
      .jump_unless([=](Frame& x) { return x.cas(x.get(_p_) + runnext.offset, 8, x.get(next), 0); }, again);
  f.line("                    batch[batchHead%uint32(len(batch))] = next").does([=](Frame& x) {
    x.store(batch_element(x, 0), 8, x.get(next));
  });
  f.line("                    return 1").set(result, 1).ret();
  f.line("                }");
  f.line("            }");
  f.line("            return 0").at(nothing).set(result, 0).ret();
  f.line("        }");
  f.line("        if n > uint32(len(_p_.runq)/2) { continue }  // h and t do not belong together")
      .at(some)
      .jump_if([=](Frame& x) { return x.get(n) > kRunqSize / 2; }, again);
  f.line("        for i := uint32(0); i < n; i++ {").set(i, 0);
  f.at(copy).jump_if([=](Frame& x) { return x.get(i) >= x.get(n); }, copied);
  f.line("            g := _p_.runq[(h+i)%uint32(len(_p_.runq))]").set(g, [=](Frame& x) {
    return x.load(x.get(_p_) + runq + (x.get(h) + x.get(i)) % kRunqSize * 8);
  });
  f.line("            batch[(batchHead+i)%uint32(len(batch))] = g")
      .does([=](Frame& x) { x.store(batch_element(x, x.get(i)), 8, x.get(g)); })
      .set(i, [=](Frame& x) { return x.get(i) + 1; })
      .jump(copy);
  f.line("        }");
  f.line("        if atomic.CasRel(&_p_.runqhead, h, h+n) {  // they are ours, unless somebody was faster");
  f.at(copied).jump_unless(
      [=](Frame& x) { return x.cas(x.get(_p_) + runqhead, 4, x.get(h), (x.get(h) + x.get(n)) & 0xffffffff); },
      again);
  f.line("            return n").set(result, n).ret();
  f.line("        }");
  f.line("    }");
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
