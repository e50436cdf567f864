// proc.go, exitsyscall: back from the kernel, without a P. The old one if nobody has taken it, else any idle
// one, else the goroutine goes to the global queue and the M to sleep.
#include "emu/runtime/acquirem.h"
#include "emu/runtime/sig_wait.h"

namespace gogoscope::runtime {

namespace {

auto in_sched(const Go& go, const char* field) {
  const std::uint32_t offset = go.sched(field).offset;
  return [=](Frame& x) { return x.symbol("runtime.sched") + offset; };
}

/// A P is about to run again: sysmon, if it is in deep sleep, has to watch it.
void wake_sysmon(GoFunction& f, const Go& go, const char* condition) {
  const Label awake = f.label();
  f.line(condition).jump_unless([at = in_sched(go, "sysmonwait")](Frame& x) { return x.load(at(x), 4); },
                                awake);
  f.line("        atomic.Store(&sched.sysmonwait, 0)").does([at = in_sched(go, "sysmonwait")](Frame& x) {
    x.store(at(x), 4, 0);
  });
  f.line("        notewakeup(&sched.sysmonnote)").call(sig::notewakeup, {in_sched(go, "sysmonnote")});
  f.line("    }").at(awake);
}

}  // namespace

GoFunction exitsyscall(const Go& go) {
  GoFunction f(sig::exitsyscall, {.bytes = 40, .stack_check = false});
  const Var _g_ = f.local("_g_", "*g"), oldp = f.local("oldp", "*p");
  const Var ax = GoFunction::in_register(Reg::rax);
  const Label valid = f.label(), slow = f.label(), no_trace = f.label(), guard = f.label(), split = f.label(),
              enabled = f.label(), no_slow_trace = f.label();
  auto m = [](Frame& x) { return x.m(); };
  auto tick = [go](Frame& x) { x.xadd(x.p() + go.p("syscalltick").offset, 4, 1); };
  auto tracing = [](Frame& x) { return x.load(x.symbol("runtime.trace.enabled"), 1); };

  f.line("func exitsyscall() {");
  f.line("    _g_ := getg()").set(_g_, [](Frame& x) { return x.getg(); });
  f.line("    _g_.m.locks++").does(add_to_locks(go, 1));
  f.line("    if getcallersp() > _g_.syscallsp {")
      .jump_if([=](Frame& x) { return x.callersp() <= x.load(x.get(_g_), go.g("syscallsp")); }, valid);
  f.line("        throw(\"exitsyscall: syscall frame is no longer valid\")")
      .throws("exitsyscall: syscall frame is no longer valid");
  f.line("    }");
  f.line("    _g_.waitsince = 0").at(valid).store(_g_, go.g("waitsince"), 0);
  f.line("    oldp := _g_.m.oldp.ptr()").set(oldp, [=](Frame& x) { return x.load(x.m(), go.m("oldp")); });
  f.line("    _g_.m.oldp = 0").store(m, go.m("oldp"), 0);
  f.line("    if exitsyscallfast(oldp) {")
      .call(sig::exitsyscallfast, {oldp})
      .take(sig::exitsyscallfast, 0, ax)
      .jump_unless(ax, slow);
  f.line("        if trace.enabled { ... traceGoStart ... }")
      .jump_unless(tracing, no_trace)
      .left_out("tracing of a system call");
  f.line("        _g_.m.p.ptr().syscalltick++  // there is a P for us: the call is over")
      .at(no_trace)
      .does(tick);
  f.line("        casgstatus(_g_, _Gsyscall, _Grunning)").call(sig::casgstatus, {_g_, kGsyscall, kGrunning});
  f.line("        _g_.syscallsp = 0").store(_g_, go.g("syscallsp"), 0);
  f.line("        _g_.m.locks--").does(add_to_locks(go, ~std::uint64_t{0}));
  f.line("        if _g_.preempt {")
      .jump_unless([=](Frame& x) { return x.load(x.get(_g_), go.g("preempt")); }, guard);
  f.line("            _g_.stackguard0 = stackPreempt  // asked to give way meanwhile")
      .store(_g_, go.g("stackguard0"), kStackPreempt)
      .jump(split);
  f.line("        } else {");
  f.line("            _g_.stackguard0 = _g_.stack.lo + _StackGuard")
      .at(guard)
      .set(ax, [=](Frame& x) { return x.load(x.get(_g_), go.g("stack.lo")); })
      .store(_g_, go.g("stackguard0"), [=](Frame& x) { return x.get(ax) + kStackGuard; });
  f.line("        }");
  f.line("        _g_.throwsplit = false").at(split).store(_g_, go.g("throwsplit"), 0);
  f.line("        if sched.disable.user && !schedEnabled(_g_) { Gosched() }")
      .jump_unless([at = in_sched(go, "disable.user")](Frame& x) { return x.load(at(x), 1); }, enabled)
      .left_out("disabled user scheduling");
  f.line("        return").at(enabled).ret();
  f.line("    }");
  f.line("    _g_.sysexitticks = 0").at(slow).store(_g_, go.g("sysexitticks"), 0);
  f.line("    if trace.enabled { ... _g_.sysexitticks = cputicks() }")
      .jump_unless(tracing, no_slow_trace)
      .left_out("tracing of a system call");
  f.line("    _g_.m.locks--").at(no_slow_trace).does(add_to_locks(go, ~std::uint64_t{0}));
  f.line("    mcall(exitsyscall0)").call(sig::mcall, {[](Frame& x) {
                                           return x.symbol("runtime.exitsyscall0.f");
                                         }});
  f.line("    _g_.syscallsp = 0  // somebody has executed us: there is a P again")
      .store(_g_, go.g("syscallsp"), 0);
  f.line("    _g_.m.p.ptr().syscalltick++").does(tick);
  f.line("    _g_.throwsplit = false").store(_g_, go.g("throwsplit"), 0);
  f.line("}").ret();
  return f;
}

GoFunction exitsyscallfast(const Go& go) {
  GoFunction f(sig::exitsyscallfast, {.bytes = 56, .stack_check = false});
  const Var oldp = f.param("oldp"), result = f.result("ok");
  const Var _g_ = f.local("_g_", "*g"), ok = f.local("ok'", "bool"),
            captured = f.local("closure.&ok", "*bool"), code = f.local("closure", "uintptr");
  const Label not_frozen = f.label(), other = f.label(), none = f.label();
  constexpr std::uint64_t kFreezeStopWait = 0x7fffffff;

  f.line("func exitsyscallfast(oldp *p) bool {");
  f.line("    _g_ := getg()").set(_g_, [](Frame& x) { return x.getg(); });
  f.line("    if sched.stopwait == freezeStopWait { return false }")
      .jump_unless([at = in_sched(go, "stopwait")](Frame& x) { return x.load(at(x), 4) == kFreezeStopWait; },
                   not_frozen)
      .set(result, 0)
      .ret();
  f.line("    if oldp != nil && oldp.status == _Psyscall && atomic.Cas(&oldp.status, _Psyscall, _Pidle) {")
      .at(not_frozen)
      .jump_unless(oldp, other)
      .jump_unless([=](Frame& x) { return x.load(x.get(oldp), go.p("status")) == kPsyscall; }, other)
      .jump_unless([=](Frame& x) { return x.cas(x.get(oldp) + go.p("status").offset, 4, kPsyscall, kPidle); },
                   other);
  f.line("        wirep(oldp)  // nobody has taken it").call(sig::wirep, {oldp});
  f.line("        exitsyscallfast_reacquired()").call(sig::exitsyscallfast_reacquired);
  f.line("        return true").set(result, 1).ret();
  f.line("    }");
  f.line("    if sched.pidle != 0 {")
      .at(other)
      .jump_unless([at = in_sched(go, "pidle")](Frame& x) { return x.load(at(x)); }, none);
  f.line("        systemstack(func() { ok = exitsyscallfast_pidle() })")
      .set(captured, [=](Frame& x) { return x.address(ok).value(); })
      .set(code, [](Frame& x) { return x.symbol("runtime.exitsyscallfast.func1"); })
      .call(sig::systemstack, {[=](Frame& x) { return x.address(code).value(); }});
  f.line("        if ok { return true }").jump_unless(ok, none).set(result, 1).ret();
  f.line("    }");
  f.line("    return false").at(none).set(result, 0).ret();
  f.line("}");
  return f;
}

GoFunction exitsyscallfast_reacquired(const Go& go) {
  GoFunction f(sig::exitsyscallfast_reacquired, {.bytes = 16, .stack_check = false, .ours = true});
  const Var ax = GoFunction::in_register(Reg::rax);
  const Label same = f.label(), no_trace = f.label();
  f.line("func exitsyscallfast_reacquired() {");
  f.line(
       "    if getg().m.syscalltick != getg().m.p.ptr().syscalltick {  // taken, and in a system call again")
      .set(ax, [=](Frame& x) { return x.load(x.m(), go.m("syscalltick")); })
      .jump_if([=](Frame& x) { return x.get(ax) == x.load(x.p(), go.p("syscalltick")); }, same);
  f.line("        if trace.enabled { systemstack(...) }")
      .jump_unless([](Frame& x) { return x.load(x.symbol("runtime.trace.enabled"), 1); }, no_trace)
      .left_out("tracing of a system call");
  f.line("        getg().m.p.ptr().syscalltick++").at(no_trace).does([=](Frame& x) {
    x.xadd(x.p() + go.p("syscalltick").offset, 4, 1);
  });
  f.line("    }");
  f.line("}").at(same).ret();
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
      .does([=](Frame& x) { x.store_private(x.load_private(x.get(closure) + 8), 8, x.get(ax)); });
  f.line("}").ret();
  return f;
}

GoFunction exitsyscallfast_pidle(const Go& go) {
  GoFunction f(sig::exitsyscallfast_pidle, {.bytes = 32, .ours = true});
  const Var result = f.result("ok");
  const Var _p_ = f.local("_p_", "*p");
  const Label unlock = f.label(), none = f.label();

  f.line("func exitsyscallfast_pidle() bool {");
  f.line("    lock(&sched.lock)").call(sig::lock2, {in_sched(go, "lock")});
  f.line("    _p_ := pidleget()").call(sig::pidleget).take(sig::pidleget, 0, _p_).jump_unless(_p_, unlock);
  wake_sysmon(f, go, "    if _p_ != nil && atomic.Load(&sched.sysmonwait) != 0 {");
  f.line("    unlock(&sched.lock)").at(unlock).call(sig::unlock2, {in_sched(go, "lock")});
  f.line("    if _p_ != nil {").jump_unless(_p_, none);
  f.line("        acquirep(_p_); return true").call(sig::acquirep, {_p_}).set(result, 1).ret();
  f.line("    }");
  f.line("    return false").at(none).set(result, 0).ret();
  f.line("}");
  return f;
}

GoFunction exitsyscall0(const Go& go) {
  GoFunction f(sig::exitsyscall0, {.bytes = 48});
  const Var gp = f.param("gp");
  const Var _p_ = f.local("_p_", "*p"), _g_ = f.local("_g_", "*g");
  const Label enabled = f.label(), found = f.label(), unlock = f.label(), no_p = f.label(), stop = f.label();

  f.line("func exitsyscall0(gp *g) {  // on g0, and without a P");
  f.line("    _g_ := getg()").set(_g_, [](Frame& x) { return x.getg(); });
  f.line("    casgstatus(gp, _Gsyscall, _Grunnable)").call(sig::casgstatus, {gp, kGsyscall, kGrunnable});
  f.line("    dropg()").call(sig::dropg);
  f.line("    lock(&sched.lock)").call(sig::lock2, {in_sched(go, "lock")});
  f.line("    var _p_ *p; if schedEnabled(gp) {")
      .jump_unless([at = in_sched(go, "disable.user")](Frame& x) { return x.load(at(x), 1); }, enabled)
      .left_out("disabled user scheduling");
  f.line("        _p_ = pidleget()").at(enabled).call(sig::pidleget).take(sig::pidleget, 0, _p_);
  f.line("    }");
  f.line("    if _p_ == nil {").jump_if(_p_, found);
  f.line("        globrunqput(gp)").call(sig::globrunqput, {gp}).jump(unlock);
  f.at(found);
  wake_sysmon(f, go, "    } else if atomic.Load(&sched.sysmonwait) != 0 {");
  f.line("    unlock(&sched.lock)").at(unlock).call(sig::unlock2, {in_sched(go, "lock")});
  f.line("    if _p_ != nil {").jump_unless(_p_, no_p);
  f.line("        acquirep(_p_)").call(sig::acquirep, {_p_});
  f.line("        execute(gp, false)").call(sig::execute, {gp, 0});
  f.line("    }");
  f.line("    if _g_.m.lockedg != 0 {")
      .at(no_p)
      .jump_unless([=](Frame& x) { return x.load(x.m(), go.m("lockedg")); }, stop);
  f.line("        stoplockedm()  // until somebody picks gp, and hands this M its P").call(sig::stoplockedm);
  f.line("        execute(gp, false)").call(sig::execute, {gp, 0});
  f.line("    }");
  f.line("    stopm()").at(stop).call(sig::stopm);
  f.line("    schedule()").call(sig::schedule);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
