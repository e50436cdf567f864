// proc.go, mexit: the end of a thread whose goroutine exited while locked to
// it.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction mexit(const Go& go) {
  GoFunction f(sig::mexit, {.bytes = 32});
  const Var osStack = f.param("osStack");
  const Var m = f.local("m", "*m");
  const Var ax = GoFunction::in_register(Reg::rax), pprev = GoFunction::in_register(Reg::rbx),
            cx = GoFunction::in_register(Reg::rcx);
  const std::uint32_t lock = go.sched("lock").offset, nmfreed = go.sched("nmfreed").offset,
                      freeWait = go.m("freeWait").offset, alllink = go.m("alllink").offset;
  auto sched = [](Frame& x) { return x.symbol("runtime.sched"); };
  auto sched_lock = [=](Frame& x) { return sched(x) + lock; };
  const Label other = f.label(), no_gsignal = f.label(), loop = f.label(), next = f.label(), lost = f.label(),
              found = f.label(), listed = f.label(), end = f.label();
  auto freed = [&] {
    f.line("    lock(&sched.lock)").call(sig::lock2, {sched_lock});
    f.line("    sched.nmfreed++").does([=](Frame& x) { x.xadd(sched(x) + nmfreed, 8, 1); });
    f.line("    checkdead()  // one M less that could run something").call(sig::checkdead);
    f.line("    unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  };

  f.line("func mexit(osStack bool) {");
  f.line("    m := getg().m").set(m, [](Frame& x) { return x.m(); });
  f.line(
       "    if m == &m0 {  // the process lives as long as its first thread: "
       "it parks for ever")
      .jump_if([=](Frame& x) { return x.get(m) != x.symbol("runtime.m0"); }, other);
  f.line("    handoffp(releasep())").call(sig::releasep).take(sig::releasep, 0, ax).call(sig::handoffp, {ax});
  freed();
  f.line("    mPark()").call(sig::mPark);
  f.line("    throw(\"locked m0 woke up\")").throws("locked m0 woke up");
  f.line("    }");
  f.line("    // sigblock and unminit: left out, there are no signals");
  f.line("    if m.gsignal != nil {").at(other).set(ax, [=](Frame& x) {
    return x.load(x.get(m), go.m("gsignal"));
  });
  f.jump_unless(ax, no_gsignal);
  f.line("        stackfree(m.gsignal.stack)")
      .set(pprev, [=](Frame& x) { return x.load(x.get(ax), go.g("stack.lo")); })
      .set(cx, [=](Frame& x) { return x.load(x.get(ax), go.g("stack.hi")); })
      .call(sig::stackfree, {pprev, cx});
  f.line("        m.gsignal = nil").store(m, go.m("gsignal"), 0);
  f.line("    }");
  f.line("    lock(&sched.lock)").at(no_gsignal).call(sig::lock2, {sched_lock});
  f.line("    for pprev := &allm; *pprev != nil; pprev = &(*pprev).alllink {")
      .set(pprev, [](Frame& x) { return x.symbol("runtime.allm"); })
      .at(loop)
      .set(cx, [=](Frame& x) { return x.load(x.get(pprev)); })
      .jump_unless(cx, lost);
  f.line("        if *pprev == m {").jump_unless([=](Frame& x) { return x.get(cx) == x.get(m); }, next);
  f.line("            *pprev = m.alllink; goto found")
      .set(cx, [=](Frame& x) { return x.load(x.get(m) + alllink); })
      .does([=](Frame& x) { x.store(x.get(pprev), 8, x.get(cx)); })
      .jump(found);
  f.line("        }");
  f.line("    }").at(next).set(pprev, [=](Frame& x) { return x.get(cx) + alllink; }).jump(loop);
  f.line("    throw(\"m not found in allm\")").at(lost).throws("m not found in allm");
  f.line("found:");
  f.line(
       "    if !osStack {  // our stack is Go's: allocm frees it once the "
       "thread has left it")
      .at(found)
      .jump_if(osStack, listed);
  f.line("        atomic.Store(&m.freeWait, 1)").store(m, go.m("freeWait"), 1);
  f.line("        m.freelink = sched.freem")
      .set(ax, [=](Frame& x) { return x.load(sched(x), go.sched("freem")); })
      .store(m, go.m("freelink"), ax);
  f.line("        sched.freem = m").store(sched, go.sched("freem"), m);
  f.line("    }");
  f.line("    unlock(&sched.lock)").at(listed).call(sig::unlock2, {sched_lock});
  f.line("    handoffp(releasep())").call(sig::releasep).take(sig::releasep, 0, ax).call(sig::handoffp, {ax});
  freed();
  f.line("    if osStack { return }  // the system frees it").jump_unless(osStack, end).ret();
  f.line("    exitThread(&m.freeWait)").at(end).call(sig::exitThread, {[=](Frame& x) {
                                                       return x.get(m) + freeWait;
                                                     }});
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
