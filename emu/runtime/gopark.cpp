// proc.go, gopark and park_m: the current goroutine waits until goready is called for it.
#include "emu/runtime/acquirem.h"
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction gopark(const Go& go) {
  GoFunction f(sig::gopark, {.bytes = 24});
  const Var status = GoFunction::in_register(Reg::rax);

  auto mp = own_m;
  auto gp = curg;

  f.line("func gopark(unlockf func(*g, unsafe.Pointer) bool, lock unsafe.Pointer, reason waitReason, ...) {");
  f.line("    mp := acquirem(); gp := mp.curg");
  acquirem(f, go);
  f.line("    if status := readgstatus(gp); status != _Grunning && status != _Gscanrunning {")
      .set(status, load(gp, go.g("atomicstatus")))
      .if_([=](Frame& x) { return (x.get(status) & ~std::uint64_t{kGscan}) != kGrunning; },
           [&] { f.line("        throw(\"gopark: bad g status\")").throws("gopark: bad g status"); });
  f.line("    mp.waitlock = lock").store(mp, go.m("waitlock"), f.param("lock"));
  f.line("    mp.waitunlockf = unlockf").store(mp, go.m("waitunlockf"), f.param("unlockf"));
  f.line("    gp.waitreason = reason").store(gp, go.g("waitreason"), f.param("reason"));
  f.line("    mp.waittraceev = traceEv").store(mp, go.m("waittraceev"), f.param("traceEv"));
  f.line("    mp.waittraceskip = traceskip").store(mp, go.m("waittraceskip"), f.param("traceskip"));
  f.line("    releasem(mp)");
  releasem(f, go);
  f.line("    mcall(park_m)").call(sig::mcall, {symbol("runtime.park_m.f")});
  f.line("}").ret();
  return f;
}

GoFunction park_m(const Go& go) {
  GoFunction f(sig::park_m, {.bytes = 40});
  const Var gp = f.param("gp");
  const Var _g_ = f.local("_g_", "*g");
  const Var ev = GoFunction::in_register(Reg::rbx), skip = GoFunction::in_register(Reg::rcx);
  const Var fn = GoFunction::in_register(Reg::rdx), ok = GoFunction::in_register(Reg::rax);

  auto m = own_m;

  f.line("func park_m(gp *g) {");
  f.line("    _g_ := getg()").set(_g_, getg);
  f.if_("    if trace.enabled {", tracing, [&] {
    f.line("        traceGoPark(_g_.m.waittraceev, _g_.m.waittraceskip)")
        .set(ev, load(own_m, go.m("waittraceev")))
        .set(skip, load(own_m, go.m("waittraceskip")))
        .call(sig::traceEvent, {ev, skip});
  });
  f.line("    casgstatus(gp, _Grunning, _Gwaiting)").call(sig::casgstatus, {gp, kGrunning, kGwaiting});
  f.line("    dropg()").call(sig::dropg);
  f.line("    if fn := _g_.m.waitunlockf; fn != nil {")
      .set(fn, load(own_m, go.m("waitunlockf")))
      .if_(fn, [&] {
        f.line("        ok := fn(gp, _g_.m.waitlock)  // on g0; from here on others may make gp runnable")
            .arguments(sig::unlockf, {gp, load(own_m, go.m("waitlock"))})
            .instruction("MOVQ 0(DX), AX")
            .instruction("CALL AX")
            .take(sig::unlockf, 0, ok);
        f.line("        _g_.m.waitunlockf = nil").store(m, go.m("waitunlockf"), 0);
        f.line("        _g_.m.waitlock = nil").store(m, go.m("waitlock"), 0);
        f.if_("        if !ok {", ok == 0, [&] {
          f.if_("            if trace.enabled {", tracing, [&] {
            f.line("                traceGoUnpark(gp, 2)").call(sig::traceGoUnpark, {gp, 2});
          });
          f.line("            casgstatus(gp, _Gwaiting, _Grunnable)")
              .call(sig::casgstatus, {gp, kGwaiting, kGrunnable});
          f.line("            execute(gp, true)  // it continues at once, in the same time slice")
              .call(sig::execute, {gp, 1});
        });
      });
  f.line("    schedule()").call(sig::schedule);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
