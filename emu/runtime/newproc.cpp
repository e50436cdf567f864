// proc.go, newproc and the closure that it runs on the system stack: what a go statement calls.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction newproc(const Go&) {
  GoFunction f(sig::newproc, {.bytes = 64, .stack_check = false});
  const Var siz = f.param("siz"), fn = f.param("fn");
  // The closure is in the frame, word by word: its code, then what it captures.
  const Var pc = f.local("closure.pc", "uintptr"), gp = f.local("closure.gp", "*g"),
            argp = f.local("closure.argp", "unsafe.Pointer"), closure_siz = f.local("closure.siz", "int32"),
            closure_fn = f.local("closure.fn", "*funcval"), code = f.local("closure", "uintptr");

  f.line("func newproc(siz int32, fn *funcval) {");
  f.line("    argp := add(unsafe.Pointer(&fn), sys.PtrSize)").set(argp, [=](Frame& x) {
    return x.address(fn).value() + 8;
  });
  f.line("    gp := getg()").set(gp, getg);
  f.line("    pc := getcallerpc()").set(pc, [](Frame& x) { return x.callerpc(); });
  f.line("    systemstack(func() { ... newproc1(fn, argp, siz, gp, pc) ... })")
      .set(closure_siz, siz)
      .set(closure_fn, fn)
      .set(code, symbol("runtime.newproc.func1"))
      .call(sig::systemstack, {[=](Frame& x) { return x.address(code).value(); }});
  f.line("}").ret();
  return f;
}

GoFunction newproc_func1(const Go&) {
  GoFunction f(sig::newproc_func1, {.bytes = 56, .needs_context = true});
  const Var closure = GoFunction::in_register(Reg::rdx), newg = GoFunction::in_register(Reg::rax),
            started = newg;

  // The closure is on the stack of the goroutine that said `go`, which waits for us.
  auto captured = [closure](std::uint64_t word) {
    return [=](Frame& x) { return x.load_private(x.get(closure) + word * 8); };
  };

  f.line("func() {  // on the system stack");
  f.line("    newg := newproc1(fn, argp, siz, gp, pc)")
      .call(sig::newproc1, {captured(1), captured(3), captured(2), captured(4), captured(5)})
      .take(sig::newproc1, 0, newg);
  f.line("    runqput(getg().m.p.ptr(), newg, true)")
      .call(sig::runqput, {own_p, newg, 1})
      .wrong("at-the-tail", "runqput(getg().m.p.ptr(), newg, false)", [&] {
        f.call(sig::runqput, {own_p, newg, 0});
      });
  f.line("    if mainStarted {")
      .set(started, [](Frame& x) { return x.load(x.symbol("runtime.mainStarted"), 1); })
      .if_(started, [&] { f.line("        wakep()").call(sig::wakep); });
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
