// proc.go, runqget: the next g of the P's own queue; runnext first, and that one inherits the time slice.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction runqget(const Go& go) {
  GoFunction f(sig::runqget, {.bytes = 16, .stack_check = false});
  const Var _p_ = f.param("_p_"), result = f.result("gp"), inherit = f.result("inheritTime");
  const Var next = f.local("next", "guintptr");
  const Var h = GoFunction::in_register(Reg::rax), t = GoFunction::in_register(Reg::rcx);
  const Field& runnext = go.p("runnext");
  const Field& runq = go.p("runq");
  const Field& runqhead = go.p("runqhead");

  f.line("func runqget(_p_ *p) (gp *g, inheritTime bool) {");
  f.forever("    for {", [&] {
    f.line("        next := _p_.runnext").set(next, load(_p_, runnext));
    f.line("        if next == 0 { break }").break_if(next == 0);
    f.line("        if _p_.runnext.cas(next, 0) {").continue_if(not_(cas(_p_, runnext, next, 0))).block([&] {
      f.line("            return next.ptr(), true").set(result, next).set(inherit, 1).ret();
    });
  });
  f.forever("    for {", [&] {
    f.line("        h := atomic.LoadAcq(&_p_.runqhead)").set(h, load(_p_, runqhead));
    f.line("        t := _p_.runqtail").set(t, load(_p_, go.p("runqtail")));
    f.if_("        if t == h {", t == h,
          [&] { f.line("            return nil, false").set(result, 0).set(inherit, 0).ret(); });
    f.line("        gp := _p_.runq[h%uint32(len(_p_.runq))].ptr()").set(next, [=](Frame& x) {
      return x.load(x.get(_p_) + runq.offset + x.get(h) % kRunqSize * 8);
    });
    f.line("        if atomic.CasRel(&_p_.runqhead, h, h+1) {")
        .continue_if(not_(cas(_p_, runqhead, h, (h + 1) & 0xffffffff)))
        .wrong("stored", "if atomic.StoreRel(&_p_.runqhead, h+1); true {",
               [&] {
                 f.continue_if(not_(Storing{[=](Frame& x) {
                   x.store(x.get(_p_) + runqhead.offset, 4, x.get(h) + 1);
                   return 1;
                 }}));
               })
        .block([&] { f.line("            return gp, false").set(result, next).set(inherit, 0).ret(); });
  });
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
