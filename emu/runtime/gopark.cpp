// proc.go, gopark and park_m: the current goroutine waits until somebody calls goready for it.
#include "emu/runtime/acquirem.h"
#include "emu/runtime/sig_wait.h"

namespace gogoscope::runtime {

GoFunction gopark(const Go& go) {
  GoFunction f(sig::gopark, {.bytes = 24});
  const Var status = GoFunction::in_register(Reg::rax);
  const Label running = f.label();
  auto mp = [](Frame& x) { return x.m(); };
  auto gp = [](Frame& x) { return x.curg(); };

  f.line("func gopark(unlockf func(*g, unsafe.Pointer) bool, lock unsafe.Pointer, reason waitReason, ...) {");
  f.line("    mp := acquirem(); gp := mp.curg");
  acquirem(f, go);
  f.line("    if status := readgstatus(gp); status != _Grunning && status != _Gscanrunning {")
      .set(status, [=](Frame& x) { return x.load(gp(x), go.g("atomicstatus")); })
      .jump_if([=](Frame& x) { return (x.get(status) & ~std::uint64_t{kGscan}) == kGrunning; }, running);
  f.line("        throw(\"gopark: bad g status\")").throws("gopark: bad g status");
  f.line("    }");
  f.line("    mp.waitlock = lock").at(running).store(mp, go.m("waitlock"), f.param("lock"));
  f.line("    mp.waitunlockf = unlockf").store(mp, go.m("waitunlockf"), f.param("unlockf"));
  f.line("    gp.waitreason = reason").store(gp, go.g("waitreason"), f.param("reason"));
  f.line("    mp.waittraceev = traceEv").store(mp, go.m("waittraceev"), f.param("traceEv"));
  f.line("    mp.waittraceskip = traceskip").store(mp, go.m("waittraceskip"), f.param("traceskip"));
  f.line("    releasem(mp)");
  releasem(f, go);
  f.line("    mcall(park_m)").call(sig::mcall, {[](Frame& x) { return x.symbol("runtime.park_m.f"); }});
  f.line("}").ret();
  return f;
}

GoFunction park_m(const Go& go) {
  GoFunction f(sig::park_m, {.bytes = 40});
  const Var gp = f.param("gp");
  const Var _g_ = f.local("_g_", "*g");
  const Var fn = GoFunction::in_register(Reg::rdx), ok = GoFunction::in_register(Reg::rax);
  const Label no_trace = f.label(), park = f.label();
  auto m = [](Frame& x) { return x.m(); };

  f.line("func park_m(gp *g) {");
  f.line("    _g_ := getg()").set(_g_, [](Frame& x) { return x.getg(); });
  f.line("    if trace.enabled {")
      .jump_unless([](Frame& x) { return x.load(x.symbol("runtime.trace.enabled"), 1); }, no_trace);
  f.line("        traceEvent(_g_.m.waittraceev, _g_.m.waittraceskip)")
      .call(sig::traceEvent, {[=](Frame& x) { return x.load(x.m(), go.m("waittraceev")); }, 1});
  f.line("    }");
  f.line("    casgstatus(gp, _Grunning, _Gwaiting)")
      .at(no_trace)
      .call(sig::casgstatus, {gp, kGrunning, kGwaiting});
  f.line("    dropg()").call(sig::dropg);
  f.line("    if fn := _g_.m.waitunlockf; fn != nil {")
      .set(fn, [=](Frame& x) { return x.load(x.m(), go.m("waitunlockf")); })
      .jump_unless(fn, park);
  f.line("        ok := fn(gp, _g_.m.waitlock)  // on g0; from here on others may make gp runnable")
      .arguments(sig::unlockf, {gp, [=](Frame& x) { return x.load(x.m(), go.m("waitlock")); }})
      .instruction("MOVQ 0(DX), AX")
      .instruction("CALL AX")
      .take(sig::unlockf, 0, ok);
  f.line("        _g_.m.waitunlockf = nil").store(m, go.m("waitunlockf"), 0);
  f.line("        _g_.m.waitlock = nil").store(m, go.m("waitlock"), 0);
  f.line("        if !ok {").jump_if(ok, park);
  f.line("            casgstatus(gp, _Gwaiting, _Grunnable)")
      .call(sig::casgstatus, {gp, kGwaiting, kGrunnable});
  f.line("            execute(gp, true)  // it goes on at once, in the same time slice")
      .call(sig::execute, {gp, 1});
  f.line("        }");
  f.line("    }");
  f.line("    schedule()").at(park).call(sig::schedule);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
