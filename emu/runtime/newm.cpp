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
  f.line("    mp.doesPark = _p_ != nil").store(mp, go.m("doesPark"), [=](Frame& x) {
    return x.get(_p_) != 0;
  });
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
  f.line("    newosproc(mp)  // execLock: left out, nobody calls exec").call(sig::newosproc, {f.param("mp")});
  f.line("}").ret();
  return f;
}

GoFunction allocm(const Go& go) {
  GoFunction f(sig::allocm, {.bytes = 72});
  const Var _p_ = f.param("_p_"), fn = f.param("fn"), id = f.param("id"), result = f.result("mp");
  const Var mp = f.local("mp'", "*m"), newList = f.local("newList", "*m"), freem = f.local("freem", "*m");
  const Var ax = GoFunction::in_register(Reg::rax), bx = GoFunction::in_register(Reg::rbx),
            cx = GoFunction::in_register(Reg::rcx);
  const std::uint32_t lock = go.sched("lock").offset;
  const Field& sched_freem = go.sched("freem");
  const Field& freelink = go.m("freelink");
  auto sched = [](Frame& x) { return x.symbol("runtime.sched"); };
  auto sched_lock = [=](Frame& x) { return sched(x) + lock; };
  const Label have_p = f.label(), no_freem = f.label(), loop = f.label(), reap = f.label(),
              listed = f.label(), keep_p = f.label();

  f.line("func allocm(_p_ *p, fn func(), id int64) *m {");
  f.line("    acquirem()");
  acquirem(f, go);
  f.line("    if getg().m.p == 0 {").jump_if([](Frame& x) { return x.p(); }, have_p);
  f.line("        acquirep(_p_)  // sysmon has none: borrowed, to allocate with").call(sig::acquirep, {_p_});
  f.line("    }");
  f.line("    if sched.freem != nil {  // Ms that have ended")
      .at(have_p)
      .jump_unless([=, &sched_freem](Frame& x) { return x.load(sched(x), sched_freem); }, no_freem);
  f.line("        lock(&sched.lock)").call(sig::lock2, {sched_lock});
  f.line("        var newList *m").set(newList, 0);
  f.line("        for freem := sched.freem; freem != nil; {")
      .set(freem, [=, &sched_freem](Frame& x) { return x.load(sched(x), sched_freem); })
      .at(loop)
      .jump_unless(freem, listed);
  f.line("            if freem.freeWait != 0 {")
      .jump_unless([=](Frame& x) { return x.load(x.get(freem), go.m("freeWait")); }, reap);
  f.line("                next := freem.freelink; freem.freelink = newList")
      .set(ax, [=, &freelink](Frame& x) { return x.load(x.get(freem), freelink); })
      .store(freem, freelink, newList);
  f.line(
       "                newList = freem; freem = next; continue  // its "
       "thread still uses the stack")
      .set(newList, freem)
      .set(freem, ax)
      .jump(loop);
  f.line("            }");
  f.line("            stackfree(freem.g0.stack)")
      .at(reap)
      .set(ax, [=](Frame& x) { return x.load(x.get(freem), go.m("g0")); })
      .set(bx, [=](Frame& x) { return x.load(x.get(ax), go.g("stack.lo")); })
      .set(cx, [=](Frame& x) { return x.load(x.get(ax), go.g("stack.hi")); })
      .call(sig::stackfree, {bx, cx});
  f.line("            freem = freem.freelink")
      .set(freem, [=, &freelink](Frame& x) { return x.load(x.get(freem), freelink); })
      .jump(loop);
  f.line("        }");
  f.line("        sched.freem = newList").at(listed).store(sched, sched_freem, newList);
  f.line("        unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line("    }");
  f.line("    mp := new(m)")
      .at(no_freem)
      .call(sig::newobject, {[](Frame& x) { return x.symbol("runtime.mheap_.mspan"); }})
      .take(sig::newobject, 0, mp);
  f.line("    mp.mstartfn = fn").store(mp, go.m("mstartfn"), fn);
  f.line("    mcommoninit(mp, id)").call(sig::mcommoninit, {mp, id});
  f.line("    mp.g0 = malg(8192)")
      .call(sig::malg, {kG0Stack})
      .take(sig::malg, 0, ax)
      .store(mp, go.m("g0"), ax);
  f.line("    mp.g0.m = mp").store(ax, go.g("m"), mp);
  f.line("    if _p_ == getg().m.p.ptr() {")
      .jump_unless([=](Frame& x) { return x.get(_p_) == x.p(); }, keep_p);
  f.line("        releasep()  // it is for the new M").call(sig::releasep);
  f.line("    }");
  f.line("    releasem(getg().m)").at(keep_p);
  releasem(f, go);
  f.line("    return mp").set(result, mp).ret();
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
