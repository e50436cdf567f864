// proc.go, dropg: undoes the association between m and its current g. Go inlines it.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction dropg(const Go& go) {
  GoFunction f(sig::dropg, {.bytes = 16, .stack_check = false, .ours = true});
  const Var _g_ = f.local("_g_", "*g");
  const Field& g_m = go.g("m");
  const Field& m_curg = go.m("curg");

  f.line("func dropg() {");
  f.line("    _g_ := getg()").set(_g_, getg);
  f.line("    setMNoWB(&_g_.m.curg.m, nil)").store(curg, g_m, 0);
  f.line("    setGNoWB(&_g_.m.curg, nil)").store(own_m, m_curg, 0);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
