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
  const std::uint32_t lock = go.sched("gFree.lock").offset;
  const Label dead = f.label(), push = f.label(), loop = f.label(), has_stack = f.label(), moved = f.label(),
              unlock = f.label(), done = f.label();
  auto sched = [](Frame& x) { return x.symbol("runtime.sched"); };

  f.line("func gfput(_p_ *p, gp *g) {");
  f.line("    if readgstatus(gp) != _Gdead {")
      .jump_if([=](Frame& x) { return x.load(x.get(gp), go.g("atomicstatus")) == kGdead; }, dead);
  f.line("        throw(\"gfput: bad status (not Gdead)\")").throws("gfput: bad status (not Gdead)");
  f.line("    }");
  f.line("    stksize := gp.stack.hi - gp.stack.lo");
  f.at(dead).set(ax, [=](Frame& x) { return x.load(x.get(gp), hi); }).set(ax, [=](Frame& x) {
    return x.get(ax) - x.load(x.get(gp), lo);
  });
  f.line("    if stksize != _FixedStack {").jump_if([=](Frame& x) { return x.get(ax) == kStackMin; }, push);
  f.line("        stackfree(gp.stack)")
      .set(ax, [=](Frame& x) { return x.load(x.get(gp), lo); })
      .set(cx, [=](Frame& x) { return x.load(x.get(gp), hi); })
      .call(sig::stackfree, {ax, cx});
  f.line("        gp.stack.lo = 0").store(gp, lo, 0);
  f.line("        gp.stack.hi = 0").store(gp, hi, 0);
  f.line("        gp.stackguard0 = 0").store(gp, go.g("stackguard0"), 0);
  f.line("    }");
  f.line("    _p_.gFree.push(gp)");
  f.at(push)
      .set(ax, [=](Frame& x) { return x.load(x.get(_p_), head); })
      .store(gp, schedlink, ax)
      .store(_p_, head, gp);
  f.line("    _p_.gFree.n++").does([=](Frame& x) { x.xadd(x.get(_p_) + n.offset, 4, 1); });
  f.line("    if _p_.gFree.n >= 64 {")
      .jump_if([=](Frame& x) { return static_cast<std::int32_t>(x.load(x.get(_p_), n)) < 64; }, done);
  f.line("        lock(&sched.gFree.lock)").call(sig::lock2, {[=](Frame& x) { return sched(x) + lock; }});
  f.line("        for _p_.gFree.n >= 32 {");
  f.at(loop).jump_if([=](Frame& x) { return static_cast<std::int32_t>(x.load(x.get(_p_), n)) < 32; }, unlock);
  f.line("            _p_.gFree.n--").does([=](Frame& x) {
    x.xadd(x.get(_p_) + n.offset, 4, ~std::uint64_t{0});
  });
  f.line("            gp = _p_.gFree.pop()")
      .set(gp, [=](Frame& x) { return x.load(x.get(_p_), head); })
      .set(ax, [=](Frame& x) { return x.load(x.get(gp), schedlink); })
      .store(_p_, head, ax);
  auto push_global = [&](const Field& list) {
    f.set(ax, [=](Frame& x) { return x.load(sched(x), list); })
        .store(gp, schedlink, ax)
        .store(sched, list, gp);
  };
  f.line("            if gp.stack.lo == 0 {")
      .jump_unless([=](Frame& x) { return x.load(x.get(gp), lo) == 0; }, has_stack);
  f.line("                sched.gFree.noStack.push(gp)");
  push_global(go.sched("gFree.noStack.head"));
  f.jump(moved);
  f.line("            } else {");
  f.line("                sched.gFree.stack.push(gp)").at(has_stack);
  push_global(go.sched("gFree.stack.head"));
  f.line("            }");
  f.line("            sched.gFree.n++");
  f.at(moved).does([=](Frame& x) { x.xadd(sched(x) + go.sched("gFree.n").offset, 4, 1); }).jump(loop);
  f.line("        }");
  f.line("        unlock(&sched.gFree.lock)");
  f.at(unlock).call(sig::unlock2, {[=](Frame& x) { return sched(x) + lock; }});
  f.line("    }");
  f.line("}").at(done).ret();
  return f;
}

}  // namespace gogoscope::runtime
