// stack.go and sys_x86.go, gostartcallfn and gostartcall: the forged frame. Go inlines both.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction gostartcallfn(const Go&) {
  GoFunction f(sig::gostartcallfn, {.bytes = 40, .stack_check = false, .ours = true});
  const Var gobuf = f.param("gobuf"), fv = f.param("fv");
  const Var fn = f.local("fn", "unsafe.Pointer");

  f.line("func gostartcallfn(gobuf *gobuf, fv *funcval) {");
  f.line("    fn := unsafe.Pointer(fv.fn)").set(fn, [=](Frame& x) { return x.load(x.get(fv)); });
  f.line("    gostartcall(gobuf, fn, unsafe.Pointer(fv))").call(sig::gostartcall, {gobuf, fn, fv});
  f.line("}").ret();
  return f;
}

GoFunction gostartcall(const Go& go) {
  GoFunction f(sig::gostartcall, {.bytes = 16, .stack_check = false, .ours = true});
  const Var buf = f.param("buf"), fn = f.param("fn"), ctxt = f.param("ctxt");
  const Var sp = f.local("sp", "uintptr");
  const Var pc = GoFunction::in_register(Reg::rax);

  f.line("func gostartcall(buf *gobuf, fn, ctxt unsafe.Pointer) {");
  f.line("    sp := buf.sp").set(sp, load(buf, go.gobuf("sp")));
  f.line("    sp -= sys.PtrSize").set(sp, sp - 8);
  f.line("    *(*uintptr)(unsafe.Pointer(sp)) = buf.pc  // goexit+1: fn will return there")
      .set(pc, load(buf, go.gobuf("pc")))
      .stores([=](Frame& x) { x.store(x.get(sp), 8, x.get(pc)); });
  f.line("    buf.sp = sp").store(buf, go.gobuf("sp"), sp);
  f.line("    buf.pc = uintptr(fn)").store(buf, go.gobuf("pc"), fn);
  f.line("    buf.ctxt = ctxt").store(buf, go.gobuf("ctxt"), ctxt);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
