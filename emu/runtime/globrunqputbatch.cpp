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
  const Label done = f.label();  // after the if
  // The gQueue {head, tail} is in the caller's frame.
  auto word = [batch](std::uint64_t i) {
    return [=](Frame& x) { return x.load_private(x.get(batch) + i * 8); };
  };

  f.line("func globrunqputbatch(batch *gQueue, n int32) {");
  f.line("    if batch.tail != 0 {").set(first, word(0)).set(last, word(1)).block([&] {
    f.if_(last == 0, [&] { f.goto_(done); });
    f.line("        batch.tail.ptr().schedlink = 0").store(last, schedlink, 0);
    f.line("        if sched.runq.tail != 0 {")
        .set(tail, load(sched, go.sched("runq.tail")))
        .if_(tail,
             [&] {
               f.line("            sched.runq.tail.ptr().schedlink = batch.head")
                   .store(tail, schedlink, first);
             })
        .else_([&] {
          f.line("            sched.runq.head = batch.head").store(sched, go.sched("runq.head"), first);
        });
    f.line("        sched.runq.tail = batch.tail").store(sched, go.sched("runq.tail"), last);
  });
  f.line("    sched.runqsize += n").at(done).add(sched, go.sched("runqsize"), n);
  f.line("    *batch = gQueue{}").stores([=](Frame& x) {
    x.store_private(x.get(batch), 8, 0);
    x.store_private(x.get(batch) + 8, 8, 0);
  });
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
