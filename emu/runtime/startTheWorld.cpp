// proc.go, startTheWorld and startTheWorldWithSema: hands the Ps back; to the Ms that wait for work, or to
// new ones. Of procresize it needs only the end, since the number of Ps stays.
#include "emu/runtime/acquirem.h"
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction startTheWorld(const Go& go) {
  GoFunction f(sig::startTheWorld, {.bytes = 32, .ours = true});
  const Var code = f.local("closure", "uintptr");

  f.line("func startTheWorld() {");
  f.line("    systemstack(func() { startTheWorldWithSema(false) })")
      .set(code, symbol("runtime.startTheWorld.func1"))
      .call(sig::systemstack, {[=](Frame& x) { return x.address(code).value(); }});
  f.line("    mp := acquirem()");
  acquirem(f, go);
  f.line("    mp.preemptoff = \"\"")
      .store(own_m, go.m("preemptoff.len"), 0)
      .store(own_m, go.m("preemptoff.ptr"), 0);
  f.line("    semrelease1(&worldsema, true, 0)").stores([](Frame& x) {
    x.xadd(x.symbol("runtime.worldsema"), 4, 1);
  });
  f.line("    releasem(mp)");
  releasem(f, go);
  f.line("}").ret();
  return f;
}

GoFunction startTheWorld_func1(const Go&) {
  GoFunction f(sig::startTheWorld_func1, {.bytes = 16, .ours = true, .needs_context = true});
  f.line("func() {  // on the system stack");
  f.line("    startTheWorldWithSema(false)").call(sig::startTheWorldWithSema);
  f.line("}").ret();
  return f;
}

GoFunction startTheWorldWithSema(const Go& go) {
  GoFunction f(sig::startTheWorldWithSema, {.bytes = 80, .ours = true});
  const Var p = f.local("p", "*p"), i = f.local("i", "int"), p1 = f.local("p1", "*p"),
            mp = f.local("mp", "*m");
  const Var ax = GoFunction::in_register(Reg::rax);
  const Field& lock = go.sched("lock");
  const Field& sysmonnote = go.sched("sysmonnote");
  const Field& park = go.m("park");
  auto sched_lock = address(sched, lock);

  f.line("func startTheWorldWithSema(emitTraceEvent bool) int64 {  // condensed: netpoll, newprocs left out");
  f.line("    mp := acquirem()");
  acquirem(f, go);
  f.line("    lock(&sched.lock)").call(sig::lock2, {sched_lock});
  f.line("    p1 := procresize(gomaxprocs)  // the lines up to unlock are there").set(p1, 0);
  f.line("    getg().m.p.ptr().status = _Prunning").store(own_p, go.p("status"), kPrunning);
  f.line("    for i := nprocs - 1; i >= 0; i-- {")
      .set(i, [](Frame& x) { return x.load(x.symbol("runtime.gomaxprocs"), 4); })
      .for_(i, [&] {
        f.set(i, i - 1).set(
            p, [=](Frame& x) { return x.load(x.load_private(x.symbol("runtime.allp")) + x.get(i) * 8); });
        f.line("        if getg().m.p.ptr() == p { continue }").continue_if(own_p == p);
        f.line("        p.status = _Pidle").store(p, go.p("status"), kPidle);
        f.if_("        if runqempty(p) {",
              all(load(p, go.p("runnext")) == 0, reads(ax, load(p, go.p("runqhead"))),
                  load(p, go.p("runqtail")) == ax),
              [&] { f.line("            pidleput(p)").call(sig::pidleput, {p}).continue_(); })
            .else_([&] {
              f.line("            p.m.set(mget())")
                  .call(sig::mget)
                  .take(sig::mget, 0, ax)
                  .store(p, go.p("m"), ax);
              f.line("            p.link.set(p1); p1 = p").store(p, go.p("link"), p1).set(p1, p).continue_();
            });
      });
  f.line("    sched.gcwaiting = 0").store(sched, go.sched("gcwaiting"), 0);
  f.if_("    if sched.sysmonwait != 0 {", load(sched, go.sched("sysmonwait")), [&] {
    f.line("        sched.sysmonwait = 0").store(sched, go.sched("sysmonwait"), 0);
    f.line("        notewakeup(&sched.sysmonnote)").call(sig::notewakeup, {address(sched, sysmonnote)});
  });
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.for_("    for p1 != nil {", p1, [&] {
    f.line("        p := p1; p1 = p1.link.ptr()").set(p, p1).set(p1, load(p, go.p("link")));
    f.line("        if p.m != 0 {")
        .set(mp, load(p, go.p("m")))
        .if_(mp,
             [&] {
               f.line("            p.m = 0").store(p, go.p("m"), 0);
               f.if_("            if mp.nextp != 0 {", load(mp, go.m("nextp")), [&] {
                 f.line("                throw(\"startTheWorld: inconsistent mp->nextp\")")
                     .throws("startTheWorld: inconsistent mp->nextp");
               });
               f.line("            mp.nextp.set(p)").store(mp, go.m("nextp"), p);
               f.line("            notewakeup(&mp.park)")
                   .call(sig::notewakeup, {address(mp, park)})
                   .continue_();
             })
        .else_([&] {
          f.line("            newm(nil, p, -1)").call(sig::newm, {0, p, -1}).continue_();
        });
  });
  f.line("    wakep()  // there may be more to do than Ms that do it").call(sig::wakep);
  f.line("    releasem(mp)");
  releasem(f, go);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
