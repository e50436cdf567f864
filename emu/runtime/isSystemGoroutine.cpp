// traceback.go, isSystemGoroutine: does the runtime itself run in this goroutine?
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

namespace {

/// By the name of the start function: "runtime." makes a system goroutine, but for three.
bool is_system(std::string_view function) {
  if (function == "runtime.main" || function == "runtime.handleAsyncEvent") return false;
  // runtime.runfinq counts as a user's while it runs a finalizer, which this model never does.
  return function.substr(0, 8) == "runtime.";
}

}  // namespace

GoFunction isSystemGoroutine(const Go& go) {
  GoFunction f(sig::isSystemGoroutine, {.bytes = 40});
  const Var gp = f.param("gp"), result = f.result("system");
  const Var startpc = f.local("startpc", "uintptr");

  f.line("func isSystemGoroutine(gp *g, fixed bool) bool {");
  f.line("    f := findfunc(gp.startpc)").set(startpc, load(gp, go.g("startpc")));
  f.line("    return hasPrefix(funcname(f), \"runtime.\")  // but for runtime.main and two others")
      .set(result,
           [=](Frame& x) {
             const Function* start = x.environment().code->function_at(CodeAddr(x.get(startpc)));
             return start != nullptr && is_system(start->name);
           })
      .ret();
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
