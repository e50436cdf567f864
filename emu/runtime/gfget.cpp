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
  const std::uint32_t lock = go.sched("gFree.lock").offset;
  const Label retry = f.label(), pop = f.label(), refill = f.label(), loop = f.label(),
              from_no_stack = f.label(), got = f.label(), unlock = f.label(), some = f.label(),
              has_stack = f.label();
  auto sched = [](Frame& x) { return x.symbol("runtime.sched"); };

  f.line("func gfget(_p_ *p) *g {");
  f.line("retry:");
  f.line("    if _p_.gFree.empty() && (!sched.gFree.stack.empty() || !sched.gFree.noStack.empty()) {");
  f.at(retry)
      .jump_if([=](Frame& x) { return x.load(x.get(_p_), head) != 0; }, pop)
      .jump_if([=](Frame& x) { return x.load(sched(x), stack) != 0; }, refill)
      .jump_if([=](Frame& x) { return x.load(sched(x), no_stack) == 0; }, pop);
  f.line("        lock(&sched.gFree.lock)");
  f.at(refill).call(sig::lock2, {[=](Frame& x) { return sched(x) + lock; }});
  f.line("        for _p_.gFree.n < 32 {");
  f.at(loop).jump_if([=](Frame& x) { return static_cast<std::int32_t>(x.load(x.get(_p_), n)) >= 32; },
                     unlock);
  f.line("            gp := sched.gFree.stack.pop()")
      .set(gp, [=](Frame& x) { return x.load(sched(x), stack); })
      .jump_if([=](Frame& x) { return x.get(gp) == 0; }, from_no_stack)
      .set(ax, [=](Frame& x) { return x.load(x.get(gp), schedlink); })
      .store(sched, stack, ax)
      .jump(got);
  f.line("            if gp == nil { gp = sched.gFree.noStack.pop(); if gp == nil { break } }");
  f.at(from_no_stack)
      .set(gp, [=](Frame& x) { return x.load(sched(x), no_stack); })
      .jump_if([=](Frame& x) { return x.get(gp) == 0; }, unlock)
      .set(ax, [=](Frame& x) { return x.load(x.get(gp), schedlink); })
      .store(sched, no_stack, ax);
  f.line("            sched.gFree.n--");
  f.at(got).does([=](Frame& x) { x.xadd(sched(x) + global_n.offset, 4, ~std::uint64_t{0}); });
  f.line("            _p_.gFree.push(gp)")
      .set(ax, [=](Frame& x) { return x.load(x.get(_p_), head); })
      .store(gp, schedlink, ax)
      .store(_p_, head, gp);
  f.line("            _p_.gFree.n++").does([=](Frame& x) { x.xadd(x.get(_p_) + n.offset, 4, 1); }).jump(loop);
  f.line("        }");
  f.line("        unlock(&sched.gFree.lock)");
  f.at(unlock).call(sig::unlock2, {[=](Frame& x) { return sched(x) + lock; }});
  f.line("        goto retry").jump(retry);
  f.line("    }");
  f.line("    gp := _p_.gFree.pop()");
  f.at(pop).set(gp, [=](Frame& x) { return x.load(x.get(_p_), head); });
  f.line("    if gp == nil {").jump_if([=](Frame& x) { return x.get(gp) != 0; }, some);
  f.line("        return nil").set(result, 0).ret();
  f.line("    }");
  f.line("    // pop: the head moves on to gp.schedlink");
  f.at(some).set(ax, [=](Frame& x) { return x.load(x.get(gp), schedlink); }).store(_p_, head, ax);
  f.line("    _p_.gFree.n--").does([=](Frame& x) { x.xadd(x.get(_p_) + n.offset, 4, ~std::uint64_t{0}); });
  f.line("    if gp.stack.lo == 0 {")
      .jump_if([=](Frame& x) { return x.load(x.get(gp), lo) != 0; }, has_stack);
  f.line("        gp.stack = stackalloc(_FixedStack)  // on the system stack, where we are");
  const Var bx = GoFunction::in_register(Reg::rbx);
  f.call(sig::stackalloc, {kStackMin})
      .take(sig::stackalloc, 0, ax)
      .take(sig::stackalloc, 1, bx)
      .store(gp, lo, ax)
      .store(gp, go.g("stack.hi"), bx);
  f.line("        gp.stackguard0 = gp.stack.lo + _StackGuard").store(gp, go.g("stackguard0"), [=](Frame& x) {
    return x.get(ax) + kStackGuard;
  });
  f.line("    }");
  f.line("    return gp").at(has_stack).set(result, gp).ret();
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
