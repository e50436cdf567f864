// proc.go, runqgrab: takes half of another P's ring into a batch; if the ring is empty and the caller
// insists, the other P's runnext.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction runqgrab(const Go& go) {
  GoFunction f(sig::runqgrab, {.bytes = 24});
  const Var _p_ = f.param("_p_"), batch = f.param("batch"), batchHead = f.param("batchHead"),
            stealRunNextG = f.param("stealRunNextG"), result = f.result("n");
  const Var next = f.local("next", "guintptr");
  // lives across usleep
  // The frame has no room for the others; no call falls between their uses.
  const Var h = GoFunction::in_register(Reg::rax), n = GoFunction::in_register(Reg::rbx),
            i = GoFunction::in_register(Reg::rdx), t = GoFunction::in_register(Reg::rcx), g = t;
  const Field& runnext = go.p("runnext");
  const Field& runq = go.p("runq");
  const Field& runqhead = go.p("runqhead");
  // The batch is the ring of the P that steals: behind its tail, where no other P looks yet.
  auto batch_element = [=](Frame& x, std::uint64_t index) {
    return x.get(batch) + (x.get(batchHead) + index) % kRunqSize * 8;
  };

  f.line("func runqgrab(_p_ *p, batch *[256]guintptr, batchHead uint32, stealRunNextG bool) uint32 {");
  f.forever("    for {", [&] {
    f.line("        h := atomic.LoadAcq(&_p_.runqhead)").set(h, load(_p_, go.p("runqhead")));
    f.line("        t := atomic.LoadAcq(&_p_.runqtail)").set(t, load(_p_, go.p("runqtail")));
    f.line("        n := t - h").set(n, [=](Frame& x) { return (x.get(t) - x.get(h)) & 0xffffffff; });
    f.line("        n = n - n/2  // half, rounded up")
        .set(n, [=](Frame& x) { return x.get(n) - x.get(n) / 2; })
        .wrong("rounded-down", "n = n/2", [&] { f.set(n, [=](Frame& x) { return x.get(n) / 2; }); });
    f.if_("        if n == 0 {", n == 0, [&] {
      f.if_("            if stealRunNextG {", stealRunNextG, [&] {
        f.line("                if next := _p_.runnext; next != 0 {")
            .set(next, load(_p_, runnext))
            .if_(next, [&] {
              f.if_(
                  "                    if _p_.status == _Prunning {  // it may be just about to run next "
                  "itself",
                  load(_p_, go.p("status")) == kPrunning,
                  [&] { f.line("                        usleep(3)").call(sig::usleep, {3}); });
              f.line("                    if !_p_.runnext.cas(next, 0) { continue }")
                  .continue_if(not_(cas(_p_, runnext, next, 0)));
              f.line("                    batch[batchHead%uint32(len(batch))] = next").stores([=](Frame& x) {
                x.store(batch_element(x, 0), 8, x.get(next));
              });
              f.line("                    return 1").set(result, 1).ret();
            });
      });
      f.line("            return 0").set(result, 0).ret();
    });
    f.line("        if n > uint32(len(_p_.runq)/2) { continue }  // h and t do not belong together")
        .continue_if(n > kRunqSize / 2);
    f.line("        for i := uint32(0); i < n; i++ {").set(i, 0).for_(i < n, [&] {
      f.line("            g := _p_.runq[(h+i)%uint32(len(_p_.runq))]").set(g, [=](Frame& x) {
        return x.load(x.get(_p_) + runq.offset + (x.get(h) + x.get(i)) % kRunqSize * 8);
      });
      f.line("            batch[(batchHead+i)%uint32(len(batch))] = g")
          .stores([=](Frame& x) { x.store(batch_element(x, x.get(i)), 8, x.get(g)); })
          .set(i, i + 1);
    });
    f.line("        if atomic.CasRel(&_p_.runqhead, h, h+n) {  // they are ours, unless another M was faster")
        .continue_if(not_(cas(_p_, runqhead, h, (h + n) & 0xffffffff)))
        .block([&] { f.line("            return n").set(result, n).ret(); });
  });
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
