// asm_amd64.s and proc.go: from the first instruction to the first schedule().
#include <fmt/format.h>

#include "emu/runtime/fastrand.h"
#include "emu/runtime/functions.h"
#include "emu/runtime/kernel.h"
#include "emu/runtime/print_and_throw.h"

namespace gogoscope::runtime {

GoFunction rt0_go(const Go& go) {
  GoFunction f(sig::rt0_go, {.bytes = 0, .stack_check = false});
  const Var ax = GoFunction::in_register(Reg::rax);

  auto g0 = symbol("runtime.g0");
  auto m0 = symbol("runtime.m0");
  const Field& tls = go.m("tls");

  f.line("TEXT runtime·rt0_go(SB),NOSPLIT,$0  // condensed");
  f.line("    g0.stackguard0 = SP - 64*1024 + 104  // make a stack for g0 out of the one of the system")
      .set(ax, [](Frame& x) { return x.reg(Reg::rsp) - 64 * 1024 + 104; })
      .store(g0, go.g("stackguard0"), ax);
  f.line("    g0.stackguard1 = g0.stackguard0").store(g0, go.g("stackguard1"), ax);
  f.line("    g0.stack.lo = g0.stackguard0").store(g0, go.g("stack.lo"), ax);
  f.line("    g0.stack.hi = SP").store(g0, go.g("stack.hi"), [](Frame& x) { return x.reg(Reg::rsp); });
  f.line("    settls(&m0.tls)  // FS base = &m0.tls + 8, so that -8(FS) is m0.tls[0]").does([=](Frame& x) {
    x.set_reg(Reg::fs_base, m0(x) + tls.offset + 8);
  });
  f.line("    g(CX) = 0x123; if m0.tls[0] != 0x123 { abort }")
      .stores([](Frame& x) { x.store(x.reg(Reg::fs_base) - 8, 8, 0x123); })
      .if_([=](Frame& x) { return x.load(m0(x) + tls.offset) != 0x123; }, [&] { f.instruction("INT $3"); });
  f.line("    g(CX) = &g0").stores([=](Frame& x) { x.store(x.reg(Reg::fs_base) - 8, 8, g0(x)); });
  f.line("    m0.g0 = &g0").store(m0, go.m("g0"), g0);
  f.line("    g0.m = &m0").store(g0, go.g("m"), m0);
  f.line("    CALL runtime·schedinit(SB)").call(sig::schedinit);
  f.line("    newproc(0, &mainPC)  // a goroutine for runtime.main")
      .set(ax, symbol("runtime.mainPC"))
      .instruction("PUSHQ AX")
      .instruction("PUSHQ $0")
      .call_symbol("runtime·newproc")
      .instruction("POPQ AX")
      .instruction("POPQ AX");
  f.line("    CALL runtime·mstart(SB)  // does not return").call(sig::mstart);
  f.line("    RET").ret();
  return f;
}

GoFunction schedinit(const Go& go) {
  GoFunction f(sig::schedinit, {.bytes = 88});
  const Var _g_ = f.local("_g_", "*g");
  const Var now = GoFunction::in_register(Reg::rax);
  auto sched_lock = address(sched, go.sched("lock"));
  f.line("func schedinit() {  // condensed");
  f.line("    _g_ := getg()").set(_g_, getg);
  f.line("    sched.maxmcount = 10000").store(sched, go.sched("maxmcount"), 10000);
  f.line("    mcommoninit(_g_.m, -1)").call(sig::mcommoninit, {own_m, -1});
  f.line("    ncpu = procs  // one CPU for each P").stores([](Frame& x) {
    x.store(x.symbol("runtime.ncpu"), 4, static_cast<std::uint64_t>(x.environment().procs));
  });
  f.line("    lock(&sched.lock)").call(sig::lock2, {sched_lock});
  // 0 would say that an M waits in netpoll, and the clock of this machine begins with 0.
  f.line("    sched.lastpoll = uint64(nanotime())")
      .call(sig::nanotime)
      .take(sig::nanotime, 0, now)
      .store(sched, go.sched("lastpoll"), now + 1);
  f.line("    procresize(procs)").call(sig::procresize, {[](Frame& x) { return x.environment().procs; }});
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line("}").ret();
  return f;
}

GoFunction mcommoninit(const Go& go) {
  GoFunction f(sig::mcommoninit, {.bytes = 64});
  const Var mp = f.param("mp"), id = f.param("id");
  const Var ax = GoFunction::in_register(Reg::rax), gsignal = GoFunction::in_register(Reg::rbx);
  const std::uint32_t m_id = go.m("id").offset;
  const Field& lock = go.sched("lock");

  f.line("func mcommoninit(mp *m, id int64) {");
  f.line("    lock(&sched.lock)").call(sig::lock2, {address(sched, lock)});
  f.if_(
       "    if id >= 0 {", [=](Frame& x) { return static_cast<std::int64_t>(x.get(id)) >= 0; },
       [&] { f.line("        mp.id = id").store(mp, go.m("id"), id); })
      .else_("    } else {", [&] {
        f.line("        mp.id = mReserveID()")
            .call(sig::mReserveID)
            .take(sig::mReserveID, 0, ax)
            .store(mp, go.m("id"), ax);
      });
  f.line("    mp.fastrand = hash of mp.id  // never 0; Go hashes a seed of the process and cputicks(), too")
      .store(mp, go.m("fastrand"), [=](Frame& x) { return fastrand_seed(x.load_private(x.get(mp) + m_id)); });
  f.line("    mpreinit(mp)").call(sig::mpreinit, {mp});
  f.line("    if mp.gsignal != nil {").set(gsignal, load(mp, go.m("gsignal"))).if_(gsignal, [&] {
    f.line("        mp.gsignal.stackguard1 = mp.gsignal.stack.lo + _StackGuard")
        .set(ax, load(gsignal, go.g("stack.lo")))
        .store(gsignal, go.g("stackguard1"), ax + kStackGuard);
  });
  f.line("    mp.alllink = allm")
      .set(ax, [](Frame& x) { return x.load(x.symbol("runtime.allm")); })
      .store(mp, go.m("alllink"), ax);
  f.line("    allm = mp").stores([=](Frame& x) { x.store(x.symbol("runtime.allm"), 8, x.get(mp)); });
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {address(sched, lock)});
  f.line("}").ret();
  return f;
}

GoFunction mReserveID(const Go& go) {
  GoFunction f(sig::mReserveID, {.bytes = 32, .ours = true});
  const Var id = f.result("id");
  const Var ax = GoFunction::in_register(Reg::rax);
  f.line("func mReserveID() int64 {  // sched.lock is held");
  f.line("    id := sched.mnext; sched.mnext++").set(ax, xadd(sched, go.sched("mnext"), 1) - 1).set(id, ax);
  f.line("    checkmcount()").call(sig::checkmcount);
  f.line("    return id").ret();
  f.line("}");
  return f;
}

GoFunction checkmcount(const Go& go) {
  GoFunction f(sig::checkmcount, {.bytes = 32, .ours = true});
  const Var ax = GoFunction::in_register(Reg::rax), most = GoFunction::in_register(Reg::rbx);
  f.line("func checkmcount() {");
  f.line("    if mcount() > sched.maxmcount {  // sched.mnext - sched.nmfreed")
      .set(ax, load(sched, go.sched("mnext")))
      .set(ax, ax - load(sched, go.sched("nmfreed")))
      .set(most, load(sched, go.sched("maxmcount")))
      .if_(
          [=](Frame& x) {
            return static_cast<std::int32_t>(x.get(ax)) > static_cast<std::int32_t>(x.get(most));
          },
          [&] {
            f.line("        print(\"runtime: program exceeds \", sched.maxmcount, \"-thread limit\\n\")");
            f.line("        throw(\"thread exhaustion\")");
            print_and_throw(
                f, go,
                [=](Frame& x) {
                  return fmt::format("runtime: program exceeds {}-thread limit", x.get(most));
                },
                "thread exhaustion");
          });
  f.line("}").ret();
  return f;
}

GoFunction mpreinit(const Go& go) {
  GoFunction f(sig::mpreinit, {.bytes = 32, .ours = true});
  const Var mp = f.param("mp");
  const Var ax = GoFunction::in_register(Reg::rax);
  f.line("func mpreinit(mp *m) {");
  f.line("    mp.gsignal = malg(32 * 1024)")
      .call(sig::malg, {32 * 1024})
      .take(sig::malg, 0, ax)
      .store(mp, go.m("gsignal"), ax);
  f.line("    mp.gsignal.m = mp").store(ax, go.g("m"), mp);
  f.line("}").ret();
  return f;
}

GoFunction acquirep(const Go&) {
  GoFunction f(sig::acquirep, {.bytes = 16});
  f.line("func acquirep(_p_ *p) {");
  f.line("    wirep(_p_)").call(sig::wirep, {f.param("_p_")});
  f.line("}").ret();
  return f;
}

GoFunction wirep(const Go& go) {
  GoFunction f(sig::wirep, {.bytes = 48, .stack_check = false});
  const Var _p_ = f.param("_p_");

  f.line("func wirep(_p_ *p) {");
  f.if_("    if getg().m.p != 0 {", own_p,
        [&] { f.line("        throw(\"wirep: already in go\")").throws("wirep: already in go"); });
  f.if_("    if _p_.m != 0 || _p_.status != _Pidle {",
        any(load(_p_, go.p("m")), load(_p_, go.p("status")) != kPidle),
        [&] { f.line("        throw(\"wirep: invalid p state\")").throws("wirep: invalid p state"); });
  f.line("    getg().m.p.set(_p_)").store(own_m, go.m("p"), _p_);
  f.line("    _p_.m.set(getg().m)").store(_p_, go.p("m"), own_m);
  f.line("    _p_.status = _Prunning").store(_p_, go.p("status"), kPrunning);
  f.line("}").ret();
  return f;
}

GoFunction mstart(const Go& go) {
  GoFunction f(sig::mstart, {.bytes = 32, .stack_check = false});
  const Var _g_ = f.local("_g_", "*g"), osStack = f.local("osStack", "bool");
  const Var lo = GoFunction::in_register(Reg::rax);

  f.line("func mstart() {");
  f.line("    _g_ := getg()").set(_g_, getg);
  f.line("    osStack := _g_.stack.lo == 0").set(lo, load(_g_, go.g("stack.lo"))).set(osStack, lo == 0);
  f.if_("    if osStack {", osStack, [&] {
    f.line("        // the bounds of a stack that the system made: only with cgo")
        .left_out({"a g0 on a system stack", "在系统栈上的 g0"});
  });
  f.line("    _g_.stackguard0 = _g_.stack.lo + _StackGuard")
      .store(_g_, go.g("stackguard0"), lo + kStackGuard);
  f.line("    _g_.stackguard1 = _g_.stackguard0").store(_g_, go.g("stackguard1"), lo + kStackGuard);
  f.line("    mstart1()").call(sig::mstart1);
  f.line("    mexit(osStack)  // a goroutine that had locked this thread has exited")
      .call(sig::mexit, {osStack});
  f.line("}").ret();
  return f;
}

GoFunction mstart1(const Go& go) {
  GoFunction f(sig::mstart1, {.bytes = 32});
  const Var _g_ = f.local("_g_", "*g");
  const Var fn = GoFunction::in_register(Reg::rdx);

  f.line("func mstart1() {");
  f.line("    _g_ := getg()").set(_g_, getg);
  f.if_("    if _g_ != _g_.m.g0 {", _g_ != own_g0,
        [&] { f.line("        throw(\"bad runtime·mstart\")").throws("bad runtime·mstart"); });
  f.line("    save(getcallerpc(), getcallersp())  // where every mcall will start on g0")
      .call(sig::save, {[](Frame& x) { return x.callerpc(); }, [](Frame& x) { return x.callersp(); }});
  f.line("    minit()  // the signal stack: left out, there are no signals")
      .stores(
          [at = address(own_m, go.m("procid"))](Frame& x) { x.store_private(at(x), 8, kernel::gettid(x)); });
  f.if_("    if fn := _g_.m.mstartfn; fn != nil {", load(own_m, go.m("mstartfn")),
        [&] { f.line("        fn()").set(fn, load(own_m, go.m("mstartfn"))).instruction("CALL (DX)"); });
  f.if_("    if _g_.m != &m0 {", own_m != symbol("runtime.m0"), [&] {
    f.line("        acquirep(_g_.m.nextp.ptr())").call(sig::acquirep, {load(own_m, go.m("nextp"))});
    f.line("        _g_.m.nextp = 0").store(own_m, go.m("nextp"), 0);
  });
  f.line("    schedule()").call(sig::schedule);
  f.line("}").ret();
  return f;
}

GoFunction save(const Go& go) {
  GoFunction f(sig::save, {.bytes = 0, .stack_check = false});
  const Var pc = f.param("pc"), sp = f.param("sp");

  f.line("func save(pc, sp uintptr) {");
  f.line("    _g_ := getg()  // not a local: save has no frame");
  f.line("    _g_.sched.pc = pc").store(getg, go.g("sched.pc"), pc);
  f.line("    _g_.sched.sp = sp").store(getg, go.g("sched.sp"), sp);
  f.line("    _g_.sched.lr = 0").store(getg, go.g("sched.lr"), 0);
  f.line("    _g_.sched.ret = 0").store(getg, go.g("sched.ret"), 0);
  f.line("    _g_.sched.g = guintptr(unsafe.Pointer(_g_))").store(getg, go.g("sched.g"), getg);
  f.if_("    if _g_.sched.ctxt != nil {", load(getg, go.g("sched.ctxt")),
        [&] { f.line("        badctxt()").call(sig::badctxt); });
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
