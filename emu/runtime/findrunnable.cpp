// proc.go, findrunnable: as much of it as one M and one P need.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction findrunnable(const Go& go) {
  GoFunction f(sig::findrunnable, {.bytes = 288});
  const Var result = f.result("gp"), inherit = f.result("inheritTime");
  const Var _g_ = f.local("_g_", "*g"), _p_ = f.local("_p_", "*p"), gp = f.local("gp'", "*g");
  const std::uint32_t lock = go.sched("lock").offset;
  const Label no_gc = f.label(), no_local = f.label(), no_global = f.label();
  auto sched = [](Frame& x) { return x.symbol("runtime.sched"); };

  f.line("func findrunnable() (gp *g, inheritTime bool) {");
  f.line("    _g_ := getg()").set(_g_, [](Frame& x) { return x.getg(); });
  f.line("top:");
  f.line("    _p_ := _g_.m.p.ptr()").set(_p_, [](Frame& x) { return x.p(); });
  f.line("    if sched.gcwaiting != 0 { gcstopm(); goto top }")
      .jump_unless([=](Frame& x) { return x.load(sched(x), go.sched("gcwaiting")); }, no_gc)
      .left_out("gcstopm");
  f.line("    if gp, inheritTime := runqget(_p_); gp != nil {");
  f.at(no_gc)
      .call(sig::runqget, {_p_})
      .take(sig::runqget, 0, result)
      .take(sig::runqget, 1, inherit)
      .jump_unless(result, no_local);
  f.line("        return gp, inheritTime").ret();
  f.line("    }");
  f.line("    if sched.runqsize != 0 {");
  f.at(no_local).jump_unless([=](Frame& x) { return x.load(sched(x), go.sched("runqsize")); }, no_global);
  f.line("        lock(&sched.lock)").call(sig::lock2, {[=](Frame& x) { return sched(x) + lock; }});
  f.line("        gp := globrunqget(_p_, 0)").call(sig::globrunqget, {_p_, 0}).take(sig::globrunqget, 0, gp);
  f.line("        unlock(&sched.lock)").call(sig::unlock2, {[=](Frame& x) { return sched(x) + lock; }});
  f.line("        if gp != nil { return gp, false }")
      .jump_unless(gp, no_global)
      .set(result, gp)
      .set(inherit, 0)
      .ret();
  f.line("    }");
  f.line("    // netpoll, stealing, parking of the M: left out; one M and one P have nobody to steal from");
  f.line("    checkdead()").at(no_global).call(sig::checkdead);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
