// proc.go, exitsyscall: back from the kernel, without a P. The old one if it was not taken, else any idle
// one, else the goroutine goes to the global queue and the M to sleep.
#include "emu/runtime/acquirem.h"
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

namespace {

auto in_sched(const Go& go, const char* field) {
  const std::uint32_t offset = go.sched(field).offset;
  return [=](Frame& x) { return x.symbol("runtime.sched") + offset; };
}

/// A P is about to run again: sysmon, if it is in deep sleep, has to watch it.
Block wake_sysmon(GoFunction& f, const Go& go) {
  return [&f, go] {
    f.line("        atomic.Store(&sched.sysmonwait, 0)").store(sched, go.sched("sysmonwait"), 0);
    f.line("        notewakeup(&sched.sysmonnote)").call(sig::notewakeup, {in_sched(go, "sysmonnote")});
  };
}

}  // namespace

GoFunction exitsyscall(const Go& go) {
  GoFunction f(sig::exitsyscall, {.bytes = 40, .stack_check = false});
  const Var _g_ = f.local("_g_", "*g"), oldp = f.local("oldp", "*p");
  const Var ax = GoFunction::in_register(Reg::rax);
  auto m = own_m;
  auto tick = [at = address(own_p, go.p("syscalltick"))](Frame& x) { x.xadd(at(x), 4, 1); };

  f.line("func exitsyscall() {");
  f.line("    _g_ := getg()").set(_g_, getg);
  f.line("    _g_.m.locks++").stores(add_to_locks(go, 1));
  f.if_(
      "    if getcallersp() > _g_.syscallsp {",
      [](Frame& x) { return x.callersp(); } > load(_g_, go.g("syscallsp")),
      [&] {
        f.line("        throw(\"exitsyscall: syscall frame is no longer valid\")")
            .throws("exitsyscall: syscall frame is no longer valid");
      });
  f.line("    _g_.waitsince = 0").store(_g_, go.g("waitsince"), 0);
  f.line("    oldp := _g_.m.oldp.ptr()").set(oldp, load(own_m, go.m("oldp")));
  f.line("    _g_.m.oldp = 0").store(m, go.m("oldp"), 0);
  f.line("    if exitsyscallfast(oldp) {")
      .call(sig::exitsyscallfast, {oldp})
      .take(sig::exitsyscallfast, 0, ax)
      .if_(ax, [&] {
        f.if_("        if trace.enabled { ... traceGoStart ... }", tracing, [&] {
          f.left_out({"tracing of a system call", "对系统调用的跟踪"});
        });
        f.line("        _g_.m.p.ptr().syscalltick++  // there is a P for us: the call is over").stores(tick);
        f.line("        casgstatus(_g_, _Gsyscall, _Grunning)")
            .call(sig::casgstatus, {_g_, kGsyscall, kGrunning});
        f.line("        _g_.syscallsp = 0").store(_g_, go.g("syscallsp"), 0);
        f.line("        _g_.m.locks--").stores(add_to_locks(go, ~std::uint64_t{0}));
        f.if_("        if _g_.preempt {", load(_g_, go.g("preempt")), [&] {
           f.line("            _g_.stackguard0 = stackPreempt  // asked to yield meanwhile")
               .store(_g_, go.g("stackguard0"), kStackPreempt);
         }).else_([&] {
          f.line("            _g_.stackguard0 = _g_.stack.lo + _StackGuard")
              .set(ax, load(_g_, go.g("stack.lo")))
              .store(_g_, go.g("stackguard0"), ax + kStackGuard);
        });
        f.line("        _g_.throwsplit = false").store(_g_, go.g("throwsplit"), 0);
        f.if_("        if sched.disable.user && !schedEnabled(_g_) { Gosched() }",
              load(sched, go.sched("disable.user")), [&] {
                f.left_out({"disabled user scheduling", "暂停用户 goroutine 的调度"});
              });
        f.line("        return").ret();
      });
  f.line("    _g_.sysexitticks = 0").store(_g_, go.g("sysexitticks"), 0);
  f.if_("    if trace.enabled { ... _g_.sysexitticks = cputicks() }", tracing, [&] {
    f.left_out({"tracing of a system call", "对系统调用的跟踪"});
  });
  f.line("    _g_.m.locks--").stores(add_to_locks(go, ~std::uint64_t{0}));
  f.line("    mcall(exitsyscall0)").call(sig::mcall, {symbol("runtime.exitsyscall0.f")});
  f.line("    _g_.syscallsp = 0  // this g was executed again: there is a P")
      .store(_g_, go.g("syscallsp"), 0);
  f.line("    _g_.m.p.ptr().syscalltick++").stores(tick);
  f.line("    _g_.throwsplit = false").store(_g_, go.g("throwsplit"), 0);
  f.line("}").ret();
  return f;
}

GoFunction exitsyscallfast(const Go& go) {
  GoFunction f(sig::exitsyscallfast, {.bytes = 56, .stack_check = false});
  const Var oldp = f.param("oldp"), result = f.result("ok");
  const Var _g_ = f.local("_g_", "*g"), ok = f.local("ok'", "bool"),
            captured = f.local("closure.&ok", "*bool"), code = f.local("closure", "uintptr");

  constexpr std::uint64_t kFreezeStopWait = 0x7fffffff;

  f.line("func exitsyscallfast(oldp *p) bool {");
  f.line("    _g_ := getg()").set(_g_, getg);
  f.if_("    if sched.stopwait == freezeStopWait { return false }",
        load(sched, go.sched("stopwait")) == kFreezeStopWait, [&] { f.set(result, 0).ret(); });
  f.if_("    if oldp != nil && oldp.status == _Psyscall && atomic.Cas(&oldp.status, _Psyscall, _Pidle) {",
        all(oldp, load(oldp, go.p("status")) == kPsyscall, cas(oldp, go.p("status"), kPsyscall, kPidle)),
        [&] {
          f.line("        wirep(oldp)  // no other M has taken it").call(sig::wirep, {oldp});
          f.line("        exitsyscallfast_reacquired()").call(sig::exitsyscallfast_reacquired);
          f.line("        return true").set(result, 1).ret();
        });
  f.if_("    if sched.pidle != 0 {", load(sched, go.sched("pidle")), [&] {
    f.line("        systemstack(func() { ok = exitsyscallfast_pidle() })")
        .set(captured, [=](Frame& x) { return x.address(ok).value(); })
        .set(code, symbol("runtime.exitsyscallfast.func1"))
        .call(sig::systemstack, {[=](Frame& x) { return x.address(code).value(); }});
    f.if_("        if ok { return true }", ok, [&] { f.set(result, 1).ret(); });
  });
  f.line("    return false").set(result, 0).ret();
  f.line("}");
  return f;
}

GoFunction exitsyscallfast_reacquired(const Go& go) {
  GoFunction f(sig::exitsyscallfast_reacquired, {.bytes = 16, .stack_check = false, .ours = true});
  const Var ax = GoFunction::in_register(Reg::rax);

  f.line("func exitsyscallfast_reacquired() {");
  f.line(
       "    if getg().m.syscalltick != getg().m.p.ptr().syscalltick {  // taken, and in a system call again")
      .set(ax, load(own_m, go.m("syscalltick")))
      .if_(ax != load(own_p, go.p("syscalltick")), [&] {
        f.if_("        if trace.enabled { systemstack(...) }", tracing, [&] {
          f.left_out({"tracing of a system call", "对系统调用的跟踪"});
        });
        f.line("        getg().m.p.ptr().syscalltick++").add(own_p, go.p("syscalltick"), 1);
      });
  f.line("}").ret();
  return f;
}

GoFunction exitsyscallfast_func1(const Go&) {
  GoFunction f(sig::exitsyscallfast_func1, {.bytes = 24, .ours = true, .needs_context = true});
  const Var closure = f.local("closure", "unsafe.Pointer");
  const Var ax = GoFunction::in_register(Reg::rax);
  f.line("func() {  // on the system stack").set(closure, GoFunction::in_register(Reg::rdx));
  // The closure and ok are in the frame of exitsyscallfast, which waits for us.
  f.line("    ok = exitsyscallfast_pidle()")
      .call(sig::exitsyscallfast_pidle)
      .take(sig::exitsyscallfast_pidle, 0, ax)
      .stores([=](Frame& x) { x.store_private(x.load_private(x.get(closure) + 8), 8, x.get(ax)); });
  f.line("}").ret();
  return f;
}

GoFunction exitsyscallfast_pidle(const Go& go) {
  GoFunction f(sig::exitsyscallfast_pidle, {.bytes = 32, .ours = true});
  const Var result = f.result("ok");
  const Var _p_ = f.local("_p_", "*p");

  f.line("func exitsyscallfast_pidle() bool {");
  f.line("    lock(&sched.lock)").call(sig::lock2, {in_sched(go, "lock")});
  f.line("    _p_ := pidleget()").call(sig::pidleget).take(sig::pidleget, 0, _p_).if_(_p_, [&] {
    f.if_("    if _p_ != nil && atomic.Load(&sched.sysmonwait) != 0 {", load(sched, go.sched("sysmonwait")),
          wake_sysmon(f, go));
  });
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {in_sched(go, "lock")});
  f.if_("    if _p_ != nil {", _p_, [&] {
    f.line("        acquirep(_p_); return true").call(sig::acquirep, {_p_}).set(result, 1).ret();
  });
  f.line("    return false").set(result, 0).ret();
  f.line("}");
  return f;
}

GoFunction exitsyscall0(const Go& go) {
  GoFunction f(sig::exitsyscall0, {.bytes = 48});
  const Var gp = f.param("gp");
  const Var _p_ = f.local("_p_", "*p"), _g_ = f.local("_g_", "*g");

  f.line("func exitsyscall0(gp *g) {  // on g0, and without a P");
  f.line("    _g_ := getg()").set(_g_, getg);
  f.line("    casgstatus(gp, _Gsyscall, _Grunnable)").call(sig::casgstatus, {gp, kGsyscall, kGrunnable});
  f.line("    dropg()").call(sig::dropg);
  f.line("    lock(&sched.lock)").call(sig::lock2, {in_sched(go, "lock")});
  f.line("    var _p_ *p; if schedEnabled(_g_) {").block([&] {
    f.if_(load(sched, go.sched("disable.user")), [&] {
      f.left_out({"disabled user scheduling", "暂停用户 goroutine 的调度"});
    });
    f.line("        _p_ = pidleget()").call(sig::pidleget).take(sig::pidleget, 0, _p_);
  });
  f.if_("    if _p_ == nil {", _p_ == 0,
        [&] { f.line("        globrunqput(gp)").call(sig::globrunqput, {gp}); })
      .else_if("    } else if atomic.Load(&sched.sysmonwait) != 0 {", load(sched, go.sched("sysmonwait")),
               wake_sysmon(f, go));
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {in_sched(go, "lock")});
  f.if_("    if _p_ != nil {", _p_, [&] {
    f.line("        acquirep(_p_)").call(sig::acquirep, {_p_});
    f.line("        execute(gp, false)").call(sig::execute, {gp, 0});
  });
  f.if_("    if _g_.m.lockedg != 0 {", load(own_m, go.m("lockedg")), [&] {
    f.line("        stoplockedm()  // until an M picks gp, and hands this M its P").call(sig::stoplockedm);
    f.line("        execute(gp, false)").call(sig::execute, {gp, 0});
  });
  f.line("    stopm()").call(sig::stopm);
  f.line("    schedule()").call(sig::schedule);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
