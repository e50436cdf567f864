// proc.go, gfput: puts a dead g on the P's free list; from 64 on, down to 31, moves them to the global lists.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction gfput(const Go& go) {
  GoFunction f(sig::gfput, {.bytes = 24});
  const Var _p_ = f.param("_p_"), gp = f.param("gp");
  // The frame is too small for locals: like the compiler, keep them in registers between calls.
  const Var ax = GoFunction::in_register(Reg::rax), cx = GoFunction::in_register(Reg::rcx);
  const Field& n = go.p("gFree.n");
  const Field& head = go.p("gFree.gList.head");
  const Field& schedlink = go.g("schedlink");
  const Field& lo = go.g("stack.lo");
  const Field& hi = go.g("stack.hi");
  const Field& lock = go.sched("gFree.lock");

  f.line("func gfput(_p_ *p, gp *g) {");
  f.if_("    if readgstatus(gp) != _Gdead {", load(gp, go.g("atomicstatus")) != kGdead, [&] {
    f.line("        throw(\"gfput: bad status (not Gdead)\")").throws("gfput: bad status (not Gdead)");
  });
  f.line("    stksize := gp.stack.hi - gp.stack.lo").set(ax, load(gp, hi)).set(ax, ax - load(gp, lo));
  f.if_("    if stksize != _FixedStack {", ax != kStackMin, [&] {
    f.line("        stackfree(gp.stack)")
        .set(ax, load(gp, lo))
        .set(cx, load(gp, hi))
        .call(sig::stackfree, {ax, cx});
    f.line("        gp.stack.lo = 0").store(gp, lo, 0);
    f.line("        gp.stack.hi = 0").store(gp, hi, 0);
    f.line("        gp.stackguard0 = 0").store(gp, go.g("stackguard0"), 0);
  });
  f.line("    _p_.gFree.push(gp)").set(ax, load(_p_, head)).store(gp, schedlink, ax).store(_p_, head, gp);
  f.line("    _p_.gFree.n++").add(_p_, n, 1);
  f.if_("    if _p_.gFree.n >= 64 {", int32(load(_p_, n)) >= 64, [&] {
    f.line("        lock(&sched.gFree.lock)").call(sig::lock2, {address(sched, lock)});
    f.line("        for _p_.gFree.n >= 32 {").for_(int32(load(_p_, n)) >= 32, [&] {
      f.line("            _p_.gFree.n--").add(_p_, n, -1);
      f.line("            gp = _p_.gFree.pop()")
          .set(gp, load(_p_, head))
          .set(ax, load(gp, schedlink))
          .store(_p_, head, ax);
      auto push_global = [&](const Field& list) {
        f.set(ax, load(sched, list)).store(gp, schedlink, ax).store(sched, list, gp);
      };
      f.if_("            if gp.stack.lo == 0 {", load(gp, lo) == 0, [&] {
         f.line("                sched.gFree.noStack.push(gp)");
         push_global(go.sched("gFree.noStack.head"));
       }).else_([&] {
        f.line("                sched.gFree.stack.push(gp)");
        push_global(go.sched("gFree.stack.head"));
      });
      f.line("            sched.gFree.n++").add(sched, go.sched("gFree.n"), 1);
    });
    f.line("        unlock(&sched.gFree.lock)").call(sig::unlock2, {address(sched, lock)});
  });
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
