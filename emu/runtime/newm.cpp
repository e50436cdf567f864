// proc.go, newm, newm1 and allocm: a new M, with a g0 and a thread.
#include "emu/runtime/acquirem.h"
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

namespace {

constexpr std::uint64_t kG0Stack = 8192;  ///< of an M whose stack is not the system's

}  // namespace

GoFunction newm(const Go& go) {
  GoFunction f(sig::newm, {.bytes = 48});
  const Var fn = f.param("fn"), _p_ = f.param("_p_"), id = f.param("id");
  const Var mp = f.local("mp", "*m");
  f.line("func newm(fn func(), _p_ *p, id int64) {");
  f.line("    mp := allocm(_p_, fn, id)").call(sig::allocm, {_p_, fn, id}).take(sig::allocm, 0, mp);
  f.line("    mp.doesPark = _p_ != nil").store(mp, go.m("doesPark"), _p_ != 0);
  f.line("    mp.nextp.set(_p_)").store(mp, go.m("nextp"), _p_);
  f.line(
      "    // the template thread, which clones for an M that is locked: "
      "left out, we clone ourselves");
  f.line("    newm1(mp)").call(sig::newm1, {mp});
  f.line("}").ret();
  return f;
}

GoFunction newm1(const Go&) {
  GoFunction f(sig::newm1, {.bytes = 56});
  f.line("func newm1(mp *m) {");
  f.line("    newosproc(mp)  // execLock: left out, there is no call of exec")
      .call(sig::newosproc, {f.param("mp")});
  f.line("}").ret();
  return f;
}

GoFunction allocm(const Go& go) {
  GoFunction f(sig::allocm, {.bytes = 72});
  const Var _p_ = f.param("_p_"), fn = f.param("fn"), id = f.param("id"), result = f.result("mp");
  const Var mp = f.local("mp'", "*m"), newList = f.local("newList", "*m"), freem = f.local("freem", "*m");
  const Var ax = GoFunction::in_register(Reg::rax), bx = GoFunction::in_register(Reg::rbx),
            cx = GoFunction::in_register(Reg::rcx);
  const Field& lock = go.sched("lock");
  const Field& sched_freem = go.sched("freem");
  const Field& freelink = go.m("freelink");
  auto sched_lock = address(sched, lock);

  f.line("func allocm(_p_ *p, fn func(), id int64) *m {");
  f.line("    acquirem()");
  acquirem(f, go);
  f.if_("    if getg().m.p == 0 {", not_(own_p), [&] {
    f.line("        acquirep(_p_)  // sysmon has none: borrowed, to allocate with")
        .call(sig::acquirep, {_p_});
  });
  f.if_("    if sched.freem != nil {  // Ms that have ended", load(sched, sched_freem), [&] {
    f.line("        lock(&sched.lock)").call(sig::lock2, {sched_lock});
    f.line("        var newList *m").set(newList, 0);
    f.line("        for freem := sched.freem; freem != nil; {")
        .set(freem, load(sched, sched_freem))
        .for_(freem, [&] {
          f.if_("            if freem.freeWait != 0 {", load(freem, go.m("freeWait")), [&] {
            f.line("                next := freem.freelink; freem.freelink = newList")
                .set(ax, load(freem, freelink))
                .store(freem, freelink, newList);
            f.line(
                 "                newList = freem; freem = next; continue  // its "
                 "thread still uses the stack")
                .set(newList, freem)
                .set(freem, ax)
                .continue_();
          });
          f.line("            stackfree(freem.g0.stack)")
              .set(ax, load(freem, go.m("g0")))
              .set(bx, load(ax, go.g("stack.lo")))
              .set(cx, load(ax, go.g("stack.hi")))
              .call(sig::stackfree, {bx, cx});
          f.line("            freem = freem.freelink").set(freem, load(freem, freelink));
        });
    f.line("        sched.freem = newList").store(sched, sched_freem, newList);
    f.line("        unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  });
  f.line("    mp := new(m)")
      .call(sig::newobject, {symbol("runtime.mheap_.mspan")})
      .take(sig::newobject, 0, mp);
  f.line("    mp.mstartfn = fn").store(mp, go.m("mstartfn"), fn);
  f.line("    mcommoninit(mp, id)").call(sig::mcommoninit, {mp, id});
  f.line("    mp.g0 = malg(8192)")
      .call(sig::malg, {kG0Stack})
      .take(sig::malg, 0, ax)
      .store(mp, go.m("g0"), ax);
  f.line("    mp.g0.m = mp").store(ax, go.g("m"), mp);
  f.if_("    if _p_ == getg().m.p.ptr() {", _p_ == own_p,
        [&] { f.line("        releasep()  // it is for the new M").call(sig::releasep); });
  f.line("    releasem(getg().m)");
  releasem(f, go);
  f.line("    return mp").set(result, mp).ret();
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
