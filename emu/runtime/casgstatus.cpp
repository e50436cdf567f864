// proc.go, casgstatus: the only way in which a goroutine changes its status.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction casgstatus(const Go& go) {
  GoFunction f(sig::casgstatus, {.bytes = 64, .stack_check = false});
  const Var gp = f.param("gp"), oldval = f.param("oldval"), newval = f.param("newval");
  const Var i = f.local("i", "int");
  const Field& atomicstatus = go.g("atomicstatus");
  const Label loop = f.label(), done = f.label(), good = f.label();

  f.line("func casgstatus(gp *g, oldval, newval uint32) {");
  f.line("    if oldval&_Gscan != 0 || newval&_Gscan != 0 || oldval == newval {")
      .jump_unless(
          [=](Frame& x) {
            const auto from = x.get(oldval), to = x.get(newval);
            return ((from | to) & kGscan) != 0 || from == to;
          },
          good);
  f.line("        throw(\"casgstatus: bad incoming values\")").throws("casgstatus: bad incoming values");
  f.line("    }");
  f.line("    for i := 0; !atomic.Cas(&gp.atomicstatus, oldval, newval); i++ {");
  f.at(good).set(i, 0);
  f.at(loop).jump_if(
      [=](Frame& x) { return x.cas(x.get(gp) + atomicstatus.offset, 4, x.get(oldval), x.get(newval)); },
      done);
  f.line("        if oldval == _Gwaiting && gp.atomicstatus == _Grunnable {");
  const Label spin = f.label();
  f.jump_unless(
      [=](Frame& x) { return x.get(oldval) == kGwaiting && x.load(x.get(gp), atomicstatus) == kGrunnable; },
      spin);
  f.line("            throw(\"casgstatus: waiting for Gwaiting but is Grunnable\")")
      .throws("casgstatus: waiting for Gwaiting but is Grunnable");
  f.line("        }");
  f.line("        osyield()  // somebody holds the status for a moment; Go spins 5 us first")
      .at(spin)
      .call(sig::osyield)
      .set(i, [=](Frame& x) { return x.get(i) + 1; })
      .jump(loop);
  f.line("    }");
  f.line("}").at(done).ret();
  return f;
}

}  // namespace gogoscope::runtime
