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
  const Field& lock = go.sched("lock");
  const Field& nmfreed = go.sched("nmfreed");
  const Field& freeWait = go.m("freeWait");
  const Field& alllink = go.m("alllink");
  auto sched_lock = address(sched, lock);
  const Label found = f.label();
  auto freed = [&] {
    f.line("    lock(&sched.lock)").call(sig::lock2, {sched_lock});
    f.line("    sched.nmfreed++").add(sched, nmfreed, 1);
    f.line("    checkdead()  // one M less that could run something").call(sig::checkdead);
    f.line("    unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  };

  f.line("func mexit(osStack bool) {");
  f.line("    m := getg().m").set(m, own_m);
  f.if_(
      "    if m == &m0 {  // on Linux a process without its first thread is a "
      "zombie: m0 parks",
      m == symbol("runtime.m0"), [&] {
        f.line("    handoffp(releasep())")
            .call(sig::releasep)
            .take(sig::releasep, 0, ax)
            .call(sig::handoffp, {ax});
        freed();
        f.line("    mPark()").call(sig::mPark);
        f.line("    throw(\"locked m0 woke up\")").throws("locked m0 woke up");
      });
  f.line("    // sigblock and unminit: left out, there are no signals");
  f.line("    if m.gsignal != nil {").set(ax, load(m, go.m("gsignal"))).if_(ax, [&] {
    f.line("        stackfree(m.gsignal.stack)")
        .set(pprev, load(ax, go.g("stack.lo")))
        .set(cx, load(ax, go.g("stack.hi")))
        .call(sig::stackfree, {pprev, cx});
    f.line("        m.gsignal = nil").store(m, go.m("gsignal"), 0);
  });
  f.line("    lock(&sched.lock)").call(sig::lock2, {sched_lock});
  f.line("    for pprev := &allm; *pprev != nil; pprev = &(*pprev).alllink {")
      .set(pprev, symbol("runtime.allm"))
      .for_(
          all(reads(cx, [=](Frame& x) { return x.load(x.get(pprev)); }), cx),
          [&] {
            f.if_("        if *pprev == m {", cx == m, [&] {
              f.line("            *pprev = m.alllink; goto found")
                  .set(cx, [=](Frame& x) { return x.load(x.get(m) + alllink.offset); })
                  .stores([=](Frame& x) { x.store(x.get(pprev), 8, x.get(cx)); })
                  .goto_(found);
            });
          },
          [&] { f.set(pprev, address(cx, alllink)); });
  f.line("    throw(\"m not found in allm\")").throws("m not found in allm");
  f.line("found:");
  f.line(
       "    if !osStack {  // our stack is Go's: allocm frees it once the "
       "thread has left it")
      .at(found)
      .if_(osStack == 0, [&] {
        f.line("        atomic.Store(&m.freeWait, 1)").store(m, go.m("freeWait"), 1);
        f.line("        m.freelink = sched.freem")
            .set(ax, load(sched, go.sched("freem")))
            .store(m, go.m("freelink"), ax);
        f.line("        sched.freem = m").store(sched, go.sched("freem"), m);
      });
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line("    handoffp(releasep())").call(sig::releasep).take(sig::releasep, 0, ax).call(sig::handoffp, {ax});
  freed();
  f.if_("    if osStack { return }  // the system frees it", osStack, [&] { f.ret(); });
  f.line("    exitThread(&m.freeWait)").call(sig::exitThread, {address(m, freeWait)});
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
