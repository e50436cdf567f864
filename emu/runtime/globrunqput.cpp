// proc.go, globrunqput: gp to the tail of the global queue; sched.lock is held. Go inlines it.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction globrunqput(const Go& go) {
  GoFunction f(sig::globrunqput, {.bytes = 16, .stack_check = false, .ours = true});
  const Var gp = f.param("gp");
  const Var tail = f.local("tail", "guintptr");
  const Field& head = go.sched("runq.head");
  const Field& sched_tail = go.sched("runq.tail");
  const Field& schedlink = go.g("schedlink");
  const Label empty = f.label(), linked = f.label();
  auto sched = [](Frame& x) { return x.symbol("runtime.sched"); };

  f.line("func globrunqput(gp *g) {");
  f.line("    gp.schedlink = 0").store(gp, schedlink, 0);
  f.line("    if sched.runq.tail != 0 {")
      .set(tail, [=](Frame& x) { return x.load(sched(x), sched_tail); })
      .jump_unless(tail, empty);
  f.line("        sched.runq.tail.ptr().schedlink.set(gp)").store(tail, schedlink, gp).jump(linked);
  f.line("    } else {");
  f.line("        sched.runq.head.set(gp)").at(empty).store(sched, head, gp);
  f.line("    }");
  f.line("    sched.runq.tail.set(gp)").at(linked).store(sched, sched_tail, gp);
  f.line("    sched.runqsize++").does([=](Frame& x) {
    x.xadd(sched(x) + go.sched("runqsize").offset, 4, 1);
  });
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
