// proc.go, retake: sysmon's look at every P. It remembers in p.sysmontick what it saw last time, and when.
#include "emu/runtime/functions.h"

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
  auto allpLock = symbol("runtime.allpLock");
  auto of_p = [=](const char* field) { return load(_p_, go.p(field)); };
  auto of_sched = [go](const char* field) { return load(sched, go.sched(field)); };

  f.line("func retake(now int64) uint32 {");
  f.line("    n := 0").set(n, 0);
  f.line("    lock(&allpLock)").call(sig::lock2, {allpLock});
  f.line("    for i := 0; i < len(allp); i++ {")
      .set(i, 0)
      .for_(
          [=](Frame& x) { return x.get(i) < x.load(x.symbol("runtime.allp") + 8); },
          [&] {
            f.line("        _p_ := allp[i]")
                .set(_p_, [](Frame& x) { return x.load(x.symbol("runtime.allp")); })
                .set(_p_, [=](Frame& x) { return x.load(x.get(_p_) + x.get(i) * 8); });
            f.line("        if _p_ == nil { continue }").continue_if(_p_ == 0);
            f.line("        pd := &_p_.sysmontick");
            f.line("        s := _p_.status").set(s, of_p("status"));
            f.line("        sysretake := false").set(sysretake, 0);
            f.line("        if s == _Prunning || s == _Psyscall {")
                .continue_if(not_([=](Frame& x) { return x.get(s) == kPrunning || x.get(s) == kPsyscall; }))
                .block([&] {
                  f.line("            t := int64(_p_.schedtick)").set(ax, of_p("schedtick"));
                  f.if_("            if int64(pd.schedtick) != t {", ax != of_p("sysmontick.schedtick"),
                        [&] {
                          f.line("                pd.schedtick = uint32(t)")
                              .store(_p_, go.p("sysmontick.schedtick"), ax);
                          f.line("                pd.schedwhen = now  // a time slice that is new to us")
                              .store(_p_, go.p("sysmontick.schedwhen"), now);
                        })
                      .else_if("            } else if pd.schedwhen+forcePreemptNS <= now {",
                               of_p("sysmontick.schedwhen") + kForcePreemptNS <= now, [&] {
                                 f.line("                preemptone(_p_)").call(sig::preemptone, {_p_});
                                 f.line(
                                      "                sysretake = true  // in a system call there is no M "
                                      "at the P to ask")
                                     .set(sysretake, 1);
                               });
                });
            f.if_("        if s == _Psyscall {", s == kPsyscall, [&] {
              f.line("            t := int64(_p_.syscalltick)").set(ax, of_p("syscalltick"));
              f.if_(
                  "            if !sysretake && int64(pd.syscalltick) != t {",
                  all(sysretake == 0, ax != of_p("sysmontick.syscalltick")), [&] {
                    f.line("                pd.syscalltick = uint32(t)")
                        .store(_p_, go.p("sysmontick.syscalltick"), ax);
                    f.line("                pd.syscallwhen = now")
                        .store(_p_, go.p("sysmontick.syscallwhen"), now);
                    f.line("                continue  // seen for the first time: it has until the next look")
                        .continue_();
                  });
              f.line("            if runqempty(_p_) && nmspinning+npidle > 0 && pd.syscallwhen+10ms > now {")
                  .repeat(
                      [&] { f.set(ax, of_p("runqhead")).set(cx, of_p("runqtail")).set(bx, of_p("runnext")); },
                      cx == of_p("runqtail"))
                  .if_(all([=](Frame& x) { return x.get(ax) == x.get(cx) && x.get(bx) == 0; },
                           reads(ax, of_sched("nmspinning")), reads(ax, ax + of_sched("npidle")), ax,
                           of_p("sysmontick.syscallwhen") + kForcePreemptNS > now),
                       [&] { f.line("                continue  // no M misses it").continue_(); });
              f.line("            unlock(&allpLock)  // sched.lock comes first")

                  .call(sig::unlock2, {allpLock});
              f.line("            incidlelocked(-1)").call(sig::incidlelocked, {-1});
              f.if_("            if atomic.Cas(&_p_.status, s, _Pidle) {",
                    cas(_p_, go.p("status"), s, kPidle), [&] {
                      f.if_("                if trace.enabled { traceGoSysBlock(_p_); traceProcStop(_p_) }",
                            tracing, [&] {
                              f.left_out({"tracing of a system call", "对系统调用的跟踪"});
                            });
                      f.line("                n++").set(n, n + 1);
                      f.line("                _p_.syscalltick++").add(_p_, go.p("syscalltick"), 1);
                      f.line("                handoffp(_p_)").call(sig::handoffp, {_p_});
                    });
              f.line("            incidlelocked(1)").call(sig::incidlelocked, {1});
              f.line("            lock(&allpLock)").call(sig::lock2, {allpLock});
            });
          },
          [&] { f.set(i, i + 1); });
  f.line("    unlock(&allpLock)").call(sig::unlock2, {allpLock});
  f.line("    return uint32(n)").set(result, n).ret();
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
