// proc.go, gcstopm: the world is to stop: this M gives its P to the M that stops it, and parks.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction gcstopm(const Go& go) {
  GoFunction f(sig::gcstopm, {.bytes = 32});
  const Var _p_ = f.local("_p_", "*p");
  const Field& stopwait = go.sched("stopwait");
  const Field& lock = go.sched("lock");
  const Field& stopnote = go.sched("stopnote");
  const Field& nmspinning = go.sched("nmspinning");

  f.line("func gcstopm() {");
  f.if_("    if sched.gcwaiting == 0 {", load(sched, go.sched("gcwaiting")) == 0, [&] {
    f.line("        throw(\"gcstopm: not waiting for gc\")").throws("gcstopm: not waiting for gc");
  });
  f.if_("    if getg().m.spinning {", load(own_m, go.m("spinning")), [&] {
    f.line("        getg().m.spinning = false").store(own_m, go.m("spinning"), 0);
    f.if_("        if int32(atomic.Xadd(&sched.nmspinning, -1)) < 0 {",
          int32(xadd(sched, nmspinning, -1)) < 0, [&] {
            f.line("            throw(\"gcstopm: negative nmspinning\")")
                .throws("gcstopm: negative nmspinning");
          });
  });
  f.line("    _p_ := releasep()").call(sig::releasep).take(sig::releasep, 0, _p_);
  f.line("    lock(&sched.lock)").call(sig::lock2, {address(sched, lock)});
  f.line("    _p_.status = _Pgcstop").store(_p_, go.p("status"), kPgcstop);
  f.line("    sched.stopwait--").add(sched, stopwait, -1);
  f.if_("    if sched.stopwait == 0 {", load(sched, stopwait) == 0, [&] {
    f.line("        notewakeup(&sched.stopnote)").call(sig::notewakeup, {address(sched, stopnote)});
  });
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {address(sched, lock)});
  f.line("    stopm()").call(sig::stopm);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
