// proc.go, entersyscall and reentersyscall: the M is about to block in the kernel. The P stays beside it, in
// _Psyscall; an M that needs it takes it with one CAS. Nothing here may grow the stack: g.sched is what
// tracebacks see.
#include "emu/runtime/acquirem.h"
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction entersyscall(const Go&) {
  GoFunction f(sig::entersyscall, {.bytes = 24, .stack_check = false});
  f.line("func entersyscall() {");
  f.line("    reentersyscall(getcallerpc(), getcallersp())")
      .call(sig::reentersyscall,
            {[](Frame& x) { return x.callerpc(); }, [](Frame& x) { return x.callersp(); }});
  f.line("}").ret();
  return f;
}

GoFunction reentersyscall(const Go& go) {
  GoFunction f(sig::reentersyscall, {.bytes = 48, .stack_check = false});
  const Var pc = f.param("pc"), sp = f.param("sp");
  const Var _g_ = f.local("_g_", "*g"), pp = f.local("pp", "*p");
  const Var ax = GoFunction::in_register(Reg::rax);
  auto m = own_m;

  f.line("func reentersyscall(pc, sp uintptr) {");
  f.line("    _g_ := getg()").set(_g_, getg);
  f.line("    _g_.m.locks++").stores(add_to_locks(go, 1));
  f.line("    _g_.stackguard0 = stackPreempt  // any stack check from here on is a mistake, and is caught")
      .store(_g_, go.g("stackguard0"), kStackPreempt);
  f.line("    _g_.throwsplit = true").store(_g_, go.g("throwsplit"), 1);
  f.line("    save(pc, sp)").call(sig::save, {pc, sp});
  f.line("    _g_.syscallsp = sp").store(_g_, go.g("syscallsp"), sp);
  f.line("    _g_.syscallpc = pc").store(_g_, go.g("syscallpc"), pc);
  f.line("    casgstatus(_g_, _Grunning, _Gsyscall)").call(sig::casgstatus, {_g_, kGrunning, kGsyscall});
  f.if_("    if _g_.syscallsp < _g_.stack.lo || _g_.stack.hi < _g_.syscallsp {",
        any(sp < load(_g_, go.g("stack.lo")), load(_g_, go.g("stack.hi")) < sp),
        [&] { f.line("        throw(\"entersyscall\")").throws("entersyscall"); });
  f.if_("    if trace.enabled {", tracing, [&] {
    f.line("        systemstack(traceGoSysCall); save(pc, sp)")
        .left_out({"tracing of a system call", "对系统调用的跟踪"});
  });
  f.if_("    if atomic.Load(&sched.sysmonwait) != 0 {", load(sched, go.sched("sysmonwait")), [&] {
    f.line("        systemstack(entersyscall_sysmon)")
        .call(sig::systemstack, {symbol("runtime.entersyscall_sysmon.f")});
    f.line("        save(pc, sp)  // systemstack has overwritten them").call(sig::save, {pc, sp});
  });
  f.if_("    if _g_.m.p.ptr().runSafePointFn != 0 {", load(own_p, go.p("runSafePointFn")), [&] {
    f.line("        systemstack(runSafePointFn); save(pc, sp)")
        .left_out({"runSafePointFn", "runSafePointFn"});
  });
  f.line("    _g_.m.syscalltick = _g_.m.p.ptr().syscalltick")
      .set(ax, load(own_p, go.p("syscalltick")))
      .store(m, go.m("syscalltick"), ax);
  f.line("    _g_.sysblocktraced = true").store(_g_, go.g("sysblocktraced"), 1);
  f.line("    pp := _g_.m.p.ptr()").set(pp, own_p);
  f.line("    pp.m = 0").store(pp, go.p("m"), 0);
  f.line("    _g_.m.oldp.set(pp)  // we want it back").store(m, go.m("oldp"), pp);
  f.line("    _g_.m.p = 0").store(m, go.m("p"), 0);
  f.line("    atomic.Store(&pp.status, _Psyscall)  // from here on it may be taken")
      .store(pp, go.p("status"), kPsyscall);
  f.if_("    if sched.gcwaiting != 0 {", load(sched, go.sched("gcwaiting")), [&] {
    f.line("        systemstack(entersyscall_gcwait)")
        .call(sig::systemstack, {symbol("runtime.entersyscall_gcwait.f")});
    f.line("        save(pc, sp)").call(sig::save, {pc, sp});
  });
  f.line("    _g_.m.locks--").stores(add_to_locks(go, ~std::uint64_t{0}));
  f.line("}").ret();
  return f;
}

GoFunction entersyscall_sysmon(const Go& go) {
  GoFunction f(sig::entersyscall_sysmon, {.bytes = 16, .ours = true});

  auto in_sched = [go](const char* field) {
    const std::uint32_t offset = go.sched(field).offset;
    return [=](Frame& x) { return x.symbol("runtime.sched") + offset; };
  };
  f.line("func entersyscall_sysmon() {");
  f.line("    lock(&sched.lock)").call(sig::lock2, {in_sched("lock")});
  f.if_("    if atomic.Load(&sched.sysmonwait) != 0 {", load(sched, go.sched("sysmonwait")), [&] {
    f.line("        atomic.Store(&sched.sysmonwait, 0)").store(sched, go.sched("sysmonwait"), 0);
    f.line("        notewakeup(&sched.sysmonnote)").call(sig::notewakeup, {in_sched("sysmonnote")});
  });
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {in_sched("lock")});
  f.line("}").ret();
  return f;
}

GoFunction entersyscall_gcwait(const Go& go) {
  GoFunction f(sig::entersyscall_gcwait, {.bytes = 32, .ours = true});
  const Var _g_ = f.local("_g_", "*g"), _p_ = f.local("_p_", "*p");
  const Var ax = GoFunction::in_register(Reg::rax);

  auto in_sched = [go](const char* field) {
    const std::uint32_t offset = go.sched(field).offset;
    return [=](Frame& x) { return x.symbol("runtime.sched") + offset; };
  };

  f.line("func entersyscall_gcwait() {");
  f.line("    _g_ := getg()").set(_g_, getg);
  f.line("    _p_ := _g_.m.oldp.ptr()").set(_p_, load(own_m, go.m("oldp")));
  f.line("    lock(&sched.lock)").call(sig::lock2, {in_sched("lock")});
  f.if_(
      "    if sched.stopwait > 0 && atomic.Cas(&_p_.status, _Psyscall, _Pgcstop) {",
      all(int32(load(sched, go.sched("stopwait"))) > 0, cas(_p_, go.p("status"), kPsyscall, kPgcstop)), [&] {
        f.if_("        if trace.enabled { traceGoSysBlock(_p_); traceProcStop(_p_) }", tracing, [&] {
          f.left_out({"tracing of a system call", "对系统调用的跟踪"});
        });
        f.line("        _p_.syscalltick++").add(_p_, go.p("syscalltick"), 1);
        f.line("        if sched.stopwait--; sched.stopwait == 0 {")
            .set(ax, xadd(sched, go.sched("stopwait"), -1) & 0xffffffff)
            .if_(ax == 0, [&] {
              f.line("            notewakeup(&sched.stopnote)").call(sig::notewakeup, {in_sched("stopnote")});
            });
      });
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {in_sched("lock")});
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
