// proc.go, startTheWorld and startTheWorldWithSema: hands the Ps back; to the Ms that wait for work, or to
// new ones. Of procresize it needs only the end, since the number of Ps stays.
#include "emu/runtime/acquirem.h"
#include "emu/runtime/functions.h"
#include "emu/runtime/sig_schedule.h"

namespace gogoscope::runtime {

GoFunction startTheWorld(const Go& go) {
  GoFunction f(sig::startTheWorld, {.bytes = 32, .ours = true});
  const Var code = f.local("closure", "uintptr");
  auto own_m = [](Frame& x) { return x.m(); };

  f.line("func startTheWorld() {");
  f.line("    systemstack(func() { startTheWorldWithSema(false) })")
      .set(code, [](Frame& x) { return x.symbol("runtime.startTheWorld.func1"); })
      .call(sig::systemstack, {[=](Frame& x) { return x.address(code).value(); }});
  f.line("    mp := acquirem()");
  acquirem(f, go);
  f.line("    mp.preemptoff = \"\"")
      .store(own_m, go.m("preemptoff.len"), 0)
      .store(own_m, go.m("preemptoff.ptr"), 0);
  f.line("    semrelease1(&worldsema, true, 0)").does([](Frame& x) {
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
  const std::uint32_t lock = go.sched("lock").offset;
  const std::uint32_t sysmonnote = go.sched("sysmonnote").offset;
  const std::uint32_t park = go.m("park").offset;
  const Label each = f.label(), work = f.label(), handed = f.label(), sysmon_up = f.label(),
              start = f.label(), new_m = f.label(), consistent = f.label(), started = f.label();
  auto sched = [](Frame& x) { return x.symbol("runtime.sched"); };
  auto sched_lock = [=](Frame& x) { return sched(x) + lock; };
  auto own_p = [](Frame& x) { return x.p(); };

  f.line("func startTheWorldWithSema(emitTraceEvent bool) int64 {  // condensed: netpoll, newprocs left out");
  f.line("    mp := acquirem()");
  acquirem(f, go);
  f.line("    lock(&sched.lock)").call(sig::lock2, {sched_lock});
  f.line("    p1 := procresize(gomaxprocs)  // the lines up to unlock stand there").set(p1, 0);
  f.line("    getg().m.p.ptr().status = _Prunning").store(own_p, go.p("status"), kPrunning);
  f.line("    for i := nprocs - 1; i >= 0; i-- {").set(i, [](Frame& x) {
    return x.load(x.symbol("runtime.gomaxprocs"), 4);
  });
  f.at(each).jump_unless(i, handed).set(i, [=](Frame& x) { return x.get(i) - 1; }).set(p, [=](Frame& x) {
    return x.load(x.load_private(x.symbol("runtime.allp")) + x.get(i) * 8);
  });
  f.line("        if getg().m.p.ptr() == p { continue }")
      .jump_if([=](Frame& x) { return x.p() == x.get(p); }, each);
  f.line("        p.status = _Pidle").store(p, go.p("status"), kPidle);
  f.line("        if runqempty(p) {")
      .jump_if([=](Frame& x) { return x.load(x.get(p), go.p("runnext")); }, work)
      .set(ax, [=](Frame& x) { return x.load(x.get(p), go.p("runqhead")); })
      .jump_if([=](Frame& x) { return x.load(x.get(p), go.p("runqtail")) != x.get(ax); }, work);
  f.line("            pidleput(p)").call(sig::pidleput, {p}).jump(each);
  f.line("        } else {");
  f.line("            p.m.set(mget())")
      .at(work)
      .call(sig::mget)
      .take(sig::mget, 0, ax)
      .store(p, go.p("m"), ax);
  f.line("            p.link.set(p1); p1 = p").store(p, go.p("link"), p1).set(p1, p).jump(each);
  f.line("        }");
  f.line("    }");
  f.line("    sched.gcwaiting = 0").at(handed).store(sched, go.sched("gcwaiting"), 0);
  f.line("    if sched.sysmonwait != 0 {")
      .jump_unless([=](Frame& x) { return x.load(sched(x), go.sched("sysmonwait")); }, sysmon_up);
  f.line("        sched.sysmonwait = 0").store(sched, go.sched("sysmonwait"), 0);
  f.line("        notewakeup(&sched.sysmonnote)").call(sig::notewakeup, {[=](Frame& x) {
                                                         return sched(x) + sysmonnote;
                                                       }});
  f.line("    }");
  f.line("    unlock(&sched.lock)").at(sysmon_up).call(sig::unlock2, {sched_lock});
  f.line("    for p1 != nil {").at(start).jump_unless(p1, started);
  f.line("        p := p1; p1 = p1.link.ptr()").set(p, p1).set(p1, [=](Frame& x) {
    return x.load(x.get(p), go.p("link"));
  });
  f.line("        if p.m != 0 {")
      .set(mp, [=](Frame& x) { return x.load(x.get(p), go.p("m")); })
      .jump_unless(mp, new_m);
  f.line("            p.m = 0").store(p, go.p("m"), 0);
  f.line("            if mp.nextp != 0 {")
      .jump_unless([=](Frame& x) { return x.load(x.get(mp), go.m("nextp")); }, consistent);
  f.line("                throw(\"startTheWorld: inconsistent mp->nextp\")")
      .throws("startTheWorld: inconsistent mp->nextp");
  f.line("            }");
  f.line("            mp.nextp.set(p)").at(consistent).store(mp, go.m("nextp"), p);
  f.line("            notewakeup(&mp.park)")
      .call(sig::notewakeup, {[=](Frame& x) { return x.get(mp) + park; }})
      .jump(start);
  f.line("        } else {");
  f.line("            newm(nil, p, -1)").at(new_m).call(sig::newm, {0, p, -1}).jump(start);
  f.line("        }");
  f.line("    }");
  f.line("    wakep()  // there may be more to do than Ms that do it").at(started).call(sig::wakep);
  f.line("    releasem(mp)");
  releasem(f, go);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
