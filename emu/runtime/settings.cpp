// rdebug.go and proflabel.go: the small functions through which packages set a field of the running
// goroutine, or the limit of all stacks. goexit0 clears what they set.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction setPanicOnFault(const Go& go) {
  GoFunction f(sig::setPanicOnFault, {.bytes = 0, .stack_check = false, .ours = true});
  const Var old = f.result("old");
  f.line("func setPanicOnFault(new bool) (old bool) {  // runtime/debug.SetPanicOnFault");
  f.line("    old = getg().paniconfault").set(old, load(getg, go.g("paniconfault")));
  f.line("    getg().paniconfault = new").store(getg, go.g("paniconfault"), f.param("new"));
  f.line("}").ret();
  return f;
}

GoFunction setProfLabel(const Go& go) {
  GoFunction f(sig::setProfLabel, {.bytes = 0, .stack_check = false, .ours = true});
  f.line("func runtime_setProfLabel(labels unsafe.Pointer) {  // pprof.SetGoroutineLabels");
  f.line("    getg().labels = labels").store(getg, go.g("labels"), f.param("labels"));
  f.line("}").ret();
  return f;
}

GoFunction setMaxStack(const Go&) {
  GoFunction f(sig::setMaxStack, {.bytes = 0, .stack_check = false, .ours = true});
  const Var in = f.param("in"), out = f.result("out");
  f.line("func setMaxStack(in int) (out int) {  // runtime/debug.SetMaxStack");
  f.line("    out = int(maxstacksize)").set(out, [](Frame& x) {
    return x.load(x.symbol("runtime.maxstacksize"));
  });
  f.line("    maxstacksize = uintptr(in)").stores([=](Frame& x) {
    x.store(x.symbol("runtime.maxstacksize"), 8, x.get(in));
  });
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
