// proc.go, goready and ready: a goroutine that waits becomes runnable, and runs next on this P.
#include "emu/runtime/acquirem.h"
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction goready(const Go&) {
  GoFunction f(sig::goready, {.bytes = 40});
  // The closure: its code, then what it captures.
  const Var skip = f.local("closure.traceskip", "int"), gp = f.local("closure.gp", "*g"),
            code = f.local("closure", "uintptr");

  f.line("func goready(gp *g, traceskip int) {");
  f.line("    systemstack(func() { ready(gp, traceskip, true) })")
      .set(gp, f.param("gp"))
      .set(skip, f.param("traceskip"))
      .set(code, symbol("runtime.goready.func1"))
      .call(sig::systemstack, {[=](Frame& x) { return x.address(code).value(); }});
  f.line("}").ret();
  return f;
}

GoFunction goready_func1(const Go&) {
  GoFunction f(sig::goready_func1, {.bytes = 32, .needs_context = true});
  const Var closure = GoFunction::in_register(Reg::rdx);
  auto captured = [closure](std::uint64_t word) {
    return [=](Frame& x) { return x.load_private(x.get(closure) + word * 8); };
  };
  f.line("func() {  // on the system stack");
  f.line("    ready(gp, traceskip, true)").call(sig::ready, {captured(1), captured(2), 1});
  f.line("}").ret();
  return f;
}

GoFunction ready(const Go& go) {
  GoFunction f(sig::ready, {.bytes = 72});
  const Var gp = f.param("gp"), next = f.param("next");
  const Var status = f.local("status", "uint32"), _g_ = f.local("_g_", "*g");

  f.line("func ready(gp *g, traceskip int, next bool) {");
  f.if_("    if trace.enabled {", tracing, [&] {
    f.line("        traceGoUnpark(gp, traceskip)").call(sig::traceGoUnpark, {gp, f.param("traceskip")});
  });
  f.line("    status := readgstatus(gp)").set(status, load(gp, go.g("atomicstatus")));
  f.line("    _g_ := getg()").set(_g_, getg);
  f.line("    mp := acquirem()");
  acquirem(f, go);
  f.if_(
      "    if status&^_Gscan != _Gwaiting {",
      [=](Frame& x) { return (x.get(status) & ~std::uint64_t{kGscan}) != kGwaiting; },
      [&] { f.line("        throw(\"bad g->status in ready\")").throws("bad g->status in ready"); });
  f.line("    casgstatus(gp, _Gwaiting, _Grunnable)").call(sig::casgstatus, {gp, kGwaiting, kGrunnable});
  f.line("    runqput(_g_.m.p.ptr(), gp, next)").call(sig::runqput, {own_p, gp, next});
  f.line("    wakep()").call(sig::wakep);
  f.line("    releasem(mp)");
  releasem(f, go);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
