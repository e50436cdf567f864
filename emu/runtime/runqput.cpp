// proc.go, runqput: gp becomes runnext (next), and the g that was there goes to the tail of the ring.
#include "emu/runtime/fastrand.h"
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction runqput(const Go& go) {
  GoFunction f(sig::runqput, {.bytes = 56});
  const Var _p_ = f.param("_p_"), gp = f.param("gp"), next = f.param("next");
  const Var oldnext = f.local("oldnext", "guintptr");
  // runqputslow's arguments leave no room for them in the frame; the compiler has them in registers, too.
  const Var h = GoFunction::in_register(Reg::rax), t = GoFunction::in_register(Reg::rcx);
  const Field& runnext = go.p("runnext");
  const Field& runq = go.p("runq");
  const Label retry_next = f.label(), retry = f.label();
  const Var ok = GoFunction::in_register(Reg::rax);

  f.line("func runqput(_p_ *p, gp *g, next bool) {");
  f.if_(
      "    if randomizeScheduler && next && fastrand()%2 == 0 {  // race builds",
      [=](Frame& x) { return x.environment().race && x.get(next) && fastrand(x) % 2 == 0; },
      [&] { f.line("        next = false").set(next, 0); });
  f.if_("    if next {", next, [&] {
    f.line("    retryNext:");
    f.line("        oldnext := _p_.runnext").at(retry_next).set(oldnext, load(_p_, runnext));
    f.line("        if !_p_.runnext.cas(oldnext, guintptr(unsafe.Pointer(gp))) { goto retryNext }")
        .goto_if(not_(cas(_p_, runnext, oldnext, gp)), retry_next);
    f.if_("        if oldnext == 0 { return }", oldnext == 0, [&] { f.ret(); });
    f.line("        gp = oldnext.ptr()  // kick the old runnext out to the ring").set(gp, oldnext);
  });
  f.line("retry:");
  f.line("    h := atomic.LoadAcq(&_p_.runqhead)").at(retry).set(h, load(_p_, go.p("runqhead")));
  f.line("    t := _p_.runqtail").set(t, load(_p_, go.p("runqtail")));
  const auto in_ring = (t - h) & 0xffffffff;
  f.line("    if t-h < uint32(len(_p_.runq)) {")
      .wrong_if("one-too-many", "if t-h <= uint32(len(_p_.runq)) {", in_ring <= kRunqSize)
      .if_(in_ring < kRunqSize, [&] {
        f.line("        _p_.runq[t%uint32(len(_p_.runq))].set(gp)").stores([=](Frame& x) {
          x.store(x.get(_p_) + runq.offset + x.get(t) % kRunqSize * 8, 8, x.get(gp));
        });
        f.line("        atomic.StoreRel(&_p_.runqtail, t+1)  // now consumers can see it")
            .store(_p_, go.p("runqtail"), t + 1);
        f.line("        return").ret();
      });
  f.line("    if runqputslow(_p_, gp, h, t) {  // the ring is full")
      .call(sig::runqputslow, {_p_, gp, h, t})
      .take(sig::runqputslow, 0, ok)
      .goto_if(ok == 0, retry)
      .block([&] { f.line("        return").ret(); });
  f.line("    goto retry  // a thief has made room");
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
