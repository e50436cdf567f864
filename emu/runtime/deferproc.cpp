// panic.go, deferproc and deferreturn, condensed to deferred functions without arguments: what a task's
// `defer` comes to. Go 1.16 keeps used records in pools and returns through jmpdefer; here a record is used
// once, and a loop calls.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction deferproc(const Go& go) {
  GoFunction f(sig::deferproc, {.bytes = 40, .stack_check = false, .ours = true});
  const Var siz = f.param("siz"), fn = f.param("fn");
  const Var gp = f.local("gp", "*g"), d = f.local("d", "*_defer");
  const Var ax = GoFunction::in_register(Reg::rax);

  auto of_defer = [go](const char* name) -> const Field& { return go.field("_defer", name); };

  f.line("func deferproc(siz int32, fn *funcval) {");
  f.line("    gp := getg()").set(gp, getg);
  f.if_("    if gp.m.curg != gp { throw(\"defer on system stack\") }", curg != gp,
        [&] { f.throws("defer on system stack"); });
  f.if_("    // argp, deferArgs(d): no arguments", siz, [&] {
    f.left_out({"a deferred function with arguments", "带参数的 defer 函数"});
  });
  f.line("    d := newdefer(siz)")
      .call(sig::newobject, {symbol("runtime.mheap_.deferspan")})
      .take(sig::newobject, 0, d)
      .store(d, of_defer("heap"), 1);
  f.line("    d.link = gp._defer").set(ax, load(gp, go.g("_defer"))).store(d, of_defer("link"), ax);
  f.line("    gp._defer = d").store(gp, go.g("_defer"), d);
  f.line("    d.fn = fn").store(d, of_defer("fn"), fn);
  f.line("    d.pc = getcallerpc()").store(d, of_defer("pc"), [](Frame& x) { return x.callerpc(); });
  f.line("    d.sp = getcallersp()").store(d, of_defer("sp"), [](Frame& x) { return x.callersp(); });
  f.line("    return0()  // 1 would mean: a panic was recovered, go to the end").set(ax, 0);
  f.line("}").ret();
  return f;
}

GoFunction deferreturn(const Go& go) {
  GoFunction f(sig::deferreturn, {.bytes = 32, .ours = true});
  const Var gp = f.local("gp", "*g"), d = f.local("d", "*_defer");
  const Var fn = GoFunction::in_register(Reg::rdx), ax = GoFunction::in_register(Reg::rax);
  auto of_defer = [go](const char* name) -> const Field& { return go.field("_defer", name); };

  f.line("func deferreturn() {");
  f.line("    gp := getg()").set(gp, getg);
  f.line("    for d := gp._defer; d != nil && d.sp == getcallersp(); d = gp._defer {")
      .for_(all(
                reads(d, load(gp, go.g("_defer"))), d,
                load(d, of_defer("sp")) == [](Frame& x) { return x.callersp(); }),
            [&] {
              f.line("        fn := d.fn").set(fn, load(d, of_defer("fn")));
              f.line("        d.fn = nil").store(d, of_defer("fn"), 0);
              f.line("        gp._defer = d.link")
                  .set(ax, load(d, of_defer("link")))
                  .store(gp, go.g("_defer"), ax);
              f.line("        fn()").instruction("MOVQ 0(DX), AX").instruction("CALL AX");
            });
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
