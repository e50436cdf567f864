// proc.go, casgstatus: the only way in which a goroutine changes its status.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction casgstatus(const Go& go) {
  GoFunction f(sig::casgstatus, {.bytes = 64, .stack_check = false});
  const Var gp = f.param("gp"), oldval = f.param("oldval"), newval = f.param("newval");
  const Var i = f.local("i", "int");
  const Field& atomicstatus = go.g("atomicstatus");

  f.line("func casgstatus(gp *g, oldval, newval uint32) {");
  f.if_(
      "    if oldval&_Gscan != 0 || newval&_Gscan != 0 || oldval == newval {",
      [=](Frame& x) {
        const auto from = x.get(oldval), to = x.get(newval);
        return ((from | to) & kGscan) != 0 || from == to;
      },
      [&] {
        f.line("        throw(\"casgstatus: bad incoming values\")")
            .throws("casgstatus: bad incoming values");
      });
  f.line("    for i := 0; !atomic.Cas(&gp.atomicstatus, oldval, newval); i++ {")
      .set(i, 0)
      .for_(not_(cas(gp, atomicstatus, oldval, newval)), [&] {
        f.if_(
            "        if oldval == _Gwaiting && gp.atomicstatus == _Grunnable {",
            [=, status = load(gp, atomicstatus)](Frame& x) {
              return x.get(oldval) == kGwaiting && status(x) == kGrunnable;
            },
            [&] {
              f.line("            throw(\"casgstatus: waiting for Gwaiting but is Grunnable\")")
                  .throws("casgstatus: waiting for Gwaiting but is Grunnable");
            });
        f.line("        osyield()  // another M holds the status for a moment; Go spins 5 us first")
            .call(sig::osyield)
            .set(i, i + 1);
      });
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
