// proc.go, gfget: a dead g to use again, from the P's free list or, if that is empty, from the global ones.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction gfget(const Go& go) {
  GoFunction f(sig::gfget, {.bytes = 40});
  const Var _p_ = f.param("_p_"), result = f.result("gp");
  const Var gp = f.local("gp'", "*g");
  const Var ax = GoFunction::in_register(Reg::rax);
  const Field& head = go.p("gFree.gList.head");
  const Field& n = go.p("gFree.n");
  const Field& schedlink = go.g("schedlink");
  const Field& lo = go.g("stack.lo");
  const Field& stack = go.sched("gFree.stack.head");
  const Field& no_stack = go.sched("gFree.noStack.head");
  const Field& global_n = go.sched("gFree.n");
  const Field& lock = go.sched("gFree.lock");
  const Label retry = f.label();

  f.line("func gfget(_p_ *p) *g {");
  f.line("retry:");
  f.line("    if _p_.gFree.empty() && (!sched.gFree.stack.empty() || !sched.gFree.noStack.empty()) {")
      .at(retry)
      .if_(all(load(_p_, head) == 0, any(load(sched, stack) != 0, load(sched, no_stack) != 0)), [&] {
        f.line("        lock(&sched.gFree.lock)").call(sig::lock2, {address(sched, lock)});
        f.line("        for _p_.gFree.n < 32 {").for_(int32(load(_p_, n)) < 32, [&] {
          f.line("            gp := sched.gFree.stack.pop()")
              .set(gp, load(sched, stack))
              .if_(gp != 0, [&] { f.set(ax, load(gp, schedlink)).store(sched, stack, ax); })
              .else_("            if gp == nil { gp = sched.gFree.noStack.pop(); if gp == nil { break } }",
                     [&] {
                       f.set(gp, load(sched, no_stack))
                           .break_if(gp == 0)
                           .set(ax, load(gp, schedlink))
                           .store(sched, no_stack, ax);
                     });
          f.line("            sched.gFree.n--").add(sched, global_n, -1);
          f.line("            _p_.gFree.push(gp)")
              .set(ax, load(_p_, head))
              .store(gp, schedlink, ax)
              .store(_p_, head, gp);
          f.line("            _p_.gFree.n++").add(_p_, n, 1);
        });
        f.line("        unlock(&sched.gFree.lock)").call(sig::unlock2, {address(sched, lock)});
        f.line("        goto retry").goto_(retry);
      });
  f.line("    gp := _p_.gFree.pop()").set(gp, load(_p_, head));
  f.if_("    if gp == nil {", gp == 0, [&] { f.line("        return nil").set(result, 0).ret(); });
  f.line("    // pop: the head moves on to gp.schedlink").set(ax, load(gp, schedlink)).store(_p_, head, ax);
  f.line("    _p_.gFree.n--").add(_p_, n, -1);
  f.if_("    if gp.stack.lo == 0 {", load(gp, lo) == 0, [&] {
    f.line("        gp.stack = stackalloc(_FixedStack)  // on the system stack, where we are");
    const Var bx = GoFunction::in_register(Reg::rbx);
    f.call(sig::stackalloc, {kStackMin})
        .take(sig::stackalloc, 0, ax)
        .take(sig::stackalloc, 1, bx)
        .store(gp, lo, ax)
        .store(gp, go.g("stack.hi"), bx);
    f.line("        gp.stackguard0 = gp.stack.lo + _StackGuard")
        .store(gp, go.g("stackguard0"), ax + kStackGuard);
  });
  f.line("    return gp").set(result, gp).ret();
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
