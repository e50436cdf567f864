// proc.go, globrunqputbatch: a linked list of gs to the tail of the global queue; sched.lock is held. Go
// inlines it.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction globrunqputbatch(const Go& go) {
  GoFunction f(sig::globrunqputbatch, {.bytes = 32, .stack_check = false, .ours = true});
  const Var batch = f.param("batch"), n = f.param("n");
  const Var first = f.local("batch.head", "guintptr"), last = f.local("batch.tail", "guintptr"),
            tail = f.local("tail", "guintptr");
  const Field& schedlink = go.g("schedlink");
  const Label some = f.label(), empty = f.label(), linked = f.label(), done = f.label();
  auto sched = [](Frame& x) { return x.symbol("runtime.sched"); };
  // The gQueue {head, tail} lies in the caller's frame.
  auto word = [batch](std::uint64_t i) {
    return [=](Frame& x) { return x.load_private(x.get(batch) + i * 8); };
  };

  f.line("func globrunqputbatch(batch *gQueue, n int32) {");
  f.line("    if batch.tail != 0 {").set(first, word(0)).set(last, word(1)).jump_if(last, some).jump(done);
  f.line("        batch.tail.ptr().schedlink = 0").at(some).store(last, schedlink, 0);
  f.line("        if sched.runq.tail != 0 {")
      .set(tail, [=](Frame& x) { return x.load(sched(x), go.sched("runq.tail")); })
      .jump_unless(tail, empty);
  f.line("            sched.runq.tail.ptr().schedlink = batch.head")
      .store(tail, schedlink, first)
      .jump(linked);
  f.line("        } else {");
  f.line("            sched.runq.head = batch.head").at(empty).store(sched, go.sched("runq.head"), first);
  f.line("        }");
  f.line("        sched.runq.tail = batch.tail").at(linked).store(sched, go.sched("runq.tail"), last);
  f.line("    }");
  f.line("    sched.runqsize += n").at(done).does([=](Frame& x) {
    x.xadd(sched(x) + go.sched("runqsize").offset, 4, x.get(n));
  });
  f.line("    *batch = gQueue{}").does([=](Frame& x) {
    x.store_private(x.get(batch), 8, 0);
    x.store_private(x.get(batch) + 8, 8, 0);
  });
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
