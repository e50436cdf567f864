// proc.go, runqget: the next g of the P's own queue; runnext first, and that one inherits the time slice.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction runqget(const Go& go) {
  GoFunction f(sig::runqget, {.bytes = 16, .stack_check = false});
  const Var _p_ = f.param("_p_"), result = f.result("gp"), inherit = f.result("inheritTime");
  const Var next = f.local("next", "guintptr");
  const Var h = GoFunction::in_register(Reg::rax), t = GoFunction::in_register(Reg::rcx);
  const Field& runnext = go.p("runnext");
  const std::uint32_t runq = go.p("runq").offset;
  const Label next_loop = f.label(), ring = f.label(), some = f.label();

  f.line("func runqget(_p_ *p) (gp *g, inheritTime bool) {");
  f.line("    for {");
  f.line("        next := _p_.runnext");
  f.at(next_loop).set(next, [=](Frame& x) { return x.load(x.get(_p_), runnext); });
  f.line("        if next == 0 { break }").jump_if([=](Frame& x) { return x.get(next) == 0; }, ring);
  f.line("        if _p_.runnext.cas(next, 0) {")
      .jump_unless([=](Frame& x) { return x.cas(x.get(_p_) + runnext.offset, 8, x.get(next), 0); },
                   next_loop);
  f.line("            return next.ptr(), true").set(result, next).set(inherit, 1).ret();
  f.line("        }");
  f.line("    }");
  f.line("    for {");
  f.line("        h := atomic.LoadAcq(&_p_.runqhead)");
  f.at(ring).set(h, [=](Frame& x) { return x.load(x.get(_p_), go.p("runqhead")); });
  f.line("        t := _p_.runqtail").set(t, [=](Frame& x) { return x.load(x.get(_p_), go.p("runqtail")); });
  f.line("        if t == h {").jump_if([=](Frame& x) { return x.get(t) != x.get(h); }, some);
  f.line("            return nil, false").set(result, 0).set(inherit, 0).ret();
  f.line("        }");
  f.line("        gp := _p_.runq[h%uint32(len(_p_.runq))].ptr()");
  f.at(some).set(next, [=](Frame& x) { return x.load(x.get(_p_) + runq + x.get(h) % kRunqSize * 8); });
  f.line("        if atomic.CasRel(&_p_.runqhead, h, h+1) {")
      .jump_unless(
          [=](Frame& x) {
            return x.cas(x.get(_p_) + go.p("runqhead").offset, 4, x.get(h), (x.get(h) + 1) & 0xffffffff);
          },
          ring);
  f.line("            return gp, false").set(result, next).set(inherit, 0).ret();
  f.line("        }");
  f.line("    }");
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
