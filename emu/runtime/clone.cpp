// sys_linux_amd64.s, clone: one thread calls it, two return from the system
// call; the new one never returns from the function.
#include "emu/runtime/functions.h"
#include "emu/runtime/kernel.h"

namespace gogoscope::runtime {

GoFunction clone(const Go& go) {
  GoFunction f(sig::clone, {.bytes = 0, .stack_check = false});
  const Var stk = f.param("stk"), ret = f.result("ret");
  // In registers: the child is on another stack, where there are no arguments.
  const Var mp = GoFunction::in_register(Reg::r13), gp = GoFunction::in_register(Reg::r9),
            fn = GoFunction::in_register(Reg::r12);
  const Field& tls = go.m("tls");
  const Field& id = go.m("id");
  const Label child = f.label();

  f.line(
      "TEXT runtime·clone(SB),NOSPLIT,$0  // flags: share all, and "
      "CLONE_SETTLS");
  f.line("    R13, R9, R12 = mp, gp, fn  // what the child needs")
      .set(mp, f.param("mp"))
      .set(gp, f.param("gp"));
  f.set(fn, f.param("fn"));
  f.line("    SYS_clone(flags, stk, tls = &mp.tls + 8)").does([=](Frame& x) {
    // m.id never changes after mcommoninit.
    const std::uint64_t thread = x.load_private(x.get(mp) + id.offset);
    kernel::clone(x, thread, x.get(mp) + tls.offset + 8, x.get(stk), x.address_of(child).value());
  });
  f.line("    // in the parent: the thread's number").set(ret, [=](Frame& x) {
    return x.load_private(x.get(mp) + id.offset) + 1;
  });
  f.line("    RET").ret();
  f.line("child:  // on the stack of its g0");
  f.line("    m_procid(R13) = gettid()").at(child).store(mp, go.m("procid"), [](Frame& x) {
    return kernel::gettid(x);
  });
  f.line("    g_m(R9) = R13").store(gp, go.g("m"), mp);
  f.line("    g(CX) = R9  // from here on getg() answers the new g0").stores([=](Frame& x) {
    x.store_private(x.reg(Reg::fs_base) - 8, 8, x.get(gp));
  });
  // A word below, where the call's return address is.
  auto below_sp = [](Frame& x) { return x.reg(Reg::rsp) - 8; };
  f.if_("    CALL runtime·stackcheck(SB)  // SP must be on this g's stack",
        any(load(gp, go.g("stack.hi")) <= below_sp, load(gp, go.g("stack.lo")) >= below_sp),
        [&] { f.instruction("INT $3"); });
  f.line("    CALL R12  // mstart").instruction("CALL R12");
  f.line("    exit(111)  // it should not return").does([](Frame& x) {
    x.stop({StopReason::exit, Text::untranslated("exit(111)"), 111});
  });
  f.instruction("INT $3");
  return f;
}

GoFunction newosproc(const Go& go) {
  GoFunction f(sig::newosproc, {.bytes = 88});
  const Var mp = f.param("mp");
  const Var g0 = f.local("g0", "*g"), stk = f.local("stk", "unsafe.Pointer"), ret = f.local("ret", "int32");

  f.line("func newosproc(mp *m) {");
  f.line("    stk := unsafe.Pointer(mp.g0.stack.hi)")
      .set(g0, load(mp, go.m("g0")))
      .set(stk, load(g0, go.g("stack.hi")));
  f.line("    // signals are blocked around clone: left out");
  f.line("    ret := clone(cloneFlags, stk, mp, mp.g0, mstart)")
      .call(sig::clone, {0x50f00, stk, mp, g0, symbol("runtime.mstart")})
      .take(sig::clone, 0, ret);
  f.if_("    if ret < 0 {", int32(ret) < 0,
        [&] { f.line("        throw(\"newosproc\")").throws("newosproc"); });
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
