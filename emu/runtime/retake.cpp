// proc.go, retake: sysmon's look at every P. It remembers in p.sysmontick what it saw last time, and when.
#include "emu/runtime/sig_wait.h"

namespace gogoscope::runtime {

namespace {

constexpr std::uint64_t kForcePreemptNS = 10 * 1000 * 1000;  ///< forcePreemptNS: 10 ms

}  // namespace

GoFunction retake(const Go& go) {
  GoFunction f(sig::retake, {.bytes = 64});
  const Var now = f.param("now"), result = f.result("n");
  const Var n = f.local("n'", "int"), i = f.local("i", "int"), _p_ = f.local("_p_", "*p"),
            s = f.local("s", "uint32"), sysretake = f.local("sysretake", "bool");
  const Var ax = GoFunction::in_register(Reg::rax), cx = GoFunction::in_register(Reg::rcx),
            bx = GoFunction::in_register(Reg::rbx);
  const Label loop = f.label(), next = f.label(), done = f.label(), same_tick = f.label(),
              syscall = f.label(), long_call = f.label(), read_queue = f.label(), take = f.label(),
              lost = f.label(), no_trace = f.label();
  auto allpLock = [](Frame& x) { return x.symbol("runtime.allpLock"); };
  auto of_p = [=](const char* field) {
    const Field& found = go.p(field);
    return [=, &found](Frame& x) { return x.load(x.get(_p_), found); };
  };
  auto sched = [go](const char* field) {
    const Field& found = go.sched(field);
    return [&found](Frame& x) { return x.load(x.symbol("runtime.sched"), found); };
  };

  f.line("func retake(now int64) uint32 {");
  f.line("    n := 0").set(n, 0);
  f.line("    lock(&allpLock)").call(sig::lock2, {allpLock});
  f.line("    for i := 0; i < len(allp); i++ {").set(i, 0);
  f.at(loop).jump_unless([=](Frame& x) { return x.get(i) < x.load(x.symbol("runtime.allp") + 8); }, done);
  f.line("        _p_ := allp[i]")
      .set(_p_, [](Frame& x) { return x.load(x.symbol("runtime.allp")); })
      .set(_p_, [=](Frame& x) { return x.load(x.get(_p_) + x.get(i) * 8); });
  f.line("        if _p_ == nil { continue }").jump_unless(_p_, next);
  f.line("        pd := &_p_.sysmontick");
  f.line("        s := _p_.status").set(s, of_p("status"));
  f.line("        sysretake := false").set(sysretake, 0);
  f.line("        if s == _Prunning || s == _Psyscall {")
      .jump_unless([=](Frame& x) { return x.get(s) == kPrunning || x.get(s) == kPsyscall; }, next);
  f.line("            t := int64(_p_.schedtick)").set(ax, of_p("schedtick"));
  f.line("            if int64(pd.schedtick) != t {")
      .jump_if([=](Frame& x) { return x.get(ax) == of_p("sysmontick.schedtick")(x); }, same_tick);
  f.line("                pd.schedtick = uint32(t)").store(_p_, go.p("sysmontick.schedtick"), ax);
  f.line("                pd.schedwhen = now  // a time slice that is new to us")
      .store(_p_, go.p("sysmontick.schedwhen"), now)
      .jump(syscall);
  f.line("            } else if pd.schedwhen+forcePreemptNS <= now {")
      .at(same_tick)
      .jump_if([=](Frame& x) { return of_p("sysmontick.schedwhen")(x) + kForcePreemptNS > x.get(now); },
               syscall);
  f.line("                preemptone(_p_)").call(sig::preemptone, {_p_});
  f.line("                sysretake = true  // in a system call there is no M at the P to ask")
      .set(sysretake, 1);
  f.line("            }");
  f.line("        }");
  f.line("        if s == _Psyscall {")
      .at(syscall)
      .jump_unless([=](Frame& x) { return x.get(s) == kPsyscall; }, next);
  f.line("            t := int64(_p_.syscalltick)").set(ax, of_p("syscalltick"));
  f.line("            if !sysretake && int64(pd.syscalltick) != t {")
      .jump_if(sysretake, long_call)
      .jump_if([=](Frame& x) { return x.get(ax) == of_p("sysmontick.syscalltick")(x); }, long_call);
  f.line("                pd.syscalltick = uint32(t)").store(_p_, go.p("sysmontick.syscalltick"), ax);
  f.line("                pd.syscallwhen = now").store(_p_, go.p("sysmontick.syscallwhen"), now);
  f.line("                continue  // seen for the first time: it has until the next look").jump(next);
  f.line("            }");
  f.line("            if runqempty(_p_) && nmspinning+npidle > 0 && pd.syscallwhen+10ms > now {")
      .at(long_call)
      .at(read_queue)
      .set(ax, of_p("runqhead"))
      .set(cx, of_p("runqtail"))
      .set(bx, of_p("runnext"))
      .jump_unless([=](Frame& x) { return x.get(cx) == of_p("runqtail")(x); }, read_queue)
      .jump_unless([=](Frame& x) { return x.get(ax) == x.get(cx) && x.get(bx) == 0; }, take)
      .set(ax, sched("nmspinning"))
      .set(ax, [=](Frame& x) { return x.get(ax) + sched("npidle")(x); })
      .jump_unless(ax, take)
      .jump_unless([=](Frame& x) { return of_p("sysmontick.syscallwhen")(x) + kForcePreemptNS > x.get(now); },
                   take);
  f.line("                continue  // nobody misses it").jump(next);
  f.line("            }");
  f.line("            unlock(&allpLock)  // sched.lock comes first").at(take).call(sig::unlock2, {allpLock});
  f.line("            incidlelocked(-1)").call(sig::incidlelocked, {-1});
  f.line("            if atomic.Cas(&_p_.status, s, _Pidle) {")
      .jump_unless([=](Frame& x) { return x.cas(x.get(_p_) + go.p("status").offset, 4, x.get(s), kPidle); },
                   lost);
  f.line("                if trace.enabled { traceGoSysBlock(_p_); traceProcStop(_p_) }")
      .jump_unless([](Frame& x) { return x.load(x.symbol("runtime.trace.enabled"), 1); }, no_trace)
      .left_out("tracing of a system call");
  f.line("                n++").at(no_trace).set(n, [=](Frame& x) { return x.get(n) + 1; });
  f.line("                _p_.syscalltick++").does([=](Frame& x) {
    x.xadd(x.get(_p_) + go.p("syscalltick").offset, 4, 1);
  });
  f.line("                handoffp(_p_)").call(sig::handoffp, {_p_});
  f.line("            }");
  f.line("            incidlelocked(1)").at(lost).call(sig::incidlelocked, {1});
  f.line("            lock(&allpLock)").call(sig::lock2, {allpLock});
  f.line("        }");
  f.line("    }").at(next).set(i, [=](Frame& x) { return x.get(i) + 1; }).jump(loop);
  f.line("    unlock(&allpLock)").at(done).call(sig::unlock2, {allpLock});
  f.line("    return uint32(n)").set(result, n).ret();
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
