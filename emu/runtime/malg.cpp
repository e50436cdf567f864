// proc.go, malg: a new g with a stack. stack.go and malloc.go are condensed to what it needs of them.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction malg(const Go& go) {
  GoFunction f(sig::malg, {.bytes = 56});
  const Var stacksize = f.param("stacksize"), result = f.result("newg");
  const Var size = f.local("closure.stacksize", "int32"), newg = f.local("closure.newg", "*g"),
            code = f.local("closure", "uintptr");
  const Var lo = GoFunction::in_register(Reg::rax);

  f.line("func malg(stacksize int32) *g {");
  f.line("    newg := new(g)")
      .call(sig::newobject, {symbol("runtime.mheap_.gspan")})
      .take(sig::newobject, 0, newg);
  f.line("    stacksize = round2(_StackSystem + stacksize)  // a power of two already").set(size, stacksize);
  f.line("    systemstack(func() { newg.stack = stackalloc(uint32(stacksize)) })")
      .set(code, symbol("runtime.malg.func1"))
      .call(sig::systemstack, {[=](Frame& x) { return x.address(code).value(); }});
  f.line("    newg.stackguard0 = newg.stack.lo + _StackGuard")
      .set(lo, load(newg, go.g("stack.lo")))
      .store(newg, go.g("stackguard0"), lo + kStackGuard);
  f.line("    newg.stackguard1 = ^uintptr(0)").store(newg, go.g("stackguard1"), ~std::uint64_t{0});
  f.line("    *(*uintptr)(unsafe.Pointer(newg.stack.lo)) = 0").stores([=](Frame& x) {
    x.store(x.get(lo), 8, 0);
  });
  f.line("    return newg").set(result, newg).ret();
  f.line("}");
  return f;
}

GoFunction malg_func1(const Go& go) {
  GoFunction f(sig::malg_func1, {.bytes = 40, .needs_context = true});
  const Var closure = f.local("closure", "unsafe.Pointer");
  const Var ax = GoFunction::in_register(Reg::rax);
  auto newg = [=](Frame& x) { return x.load_private(x.get(closure) + 8); };

  f.line("func() {  // on the system stack").set(closure, GoFunction::in_register(Reg::rdx));
  f.line("    newg.stack = stackalloc(uint32(stacksize))")
      .call(sig::stackalloc, {[=](Frame& x) { return x.load_private(x.get(closure) + 16, 4); }})
      .take(sig::stackalloc, 0, ax)
      .store(newg, go.g("stack.lo"), ax)
      .take(sig::stackalloc, 1, ax)
      .store(newg, go.g("stack.hi"), ax);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
