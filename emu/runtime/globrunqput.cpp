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

  f.line("func globrunqput(gp *g) {");
  f.line("    gp.schedlink = 0").store(gp, schedlink, 0);
  f.line("    if sched.runq.tail != 0 {")
      .set(tail, load(sched, sched_tail))
      .if_(tail,
           [&] { f.line("        sched.runq.tail.ptr().schedlink.set(gp)").store(tail, schedlink, gp); })
      .else_([&] { f.line("        sched.runq.head.set(gp)").store(sched, head, gp); });
  f.line("    sched.runq.tail.set(gp)").store(sched, sched_tail, gp);
  f.line("    sched.runqsize++").add(sched, go.sched("runqsize"), 1);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
