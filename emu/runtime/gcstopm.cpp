// proc.go, gcstopm: the world is to stop: this M gives its P to whoever stops it, and parks.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction gcstopm(const Go& go) {
  GoFunction f(sig::gcstopm, {.bytes = 32});
  const Var _p_ = f.local("_p_", "*p");
  const Field& stopwait = go.sched("stopwait");
  const std::uint32_t lock = go.sched("lock").offset;
  const std::uint32_t stopnote = go.sched("stopnote").offset;
  const std::uint32_t nmspinning = go.sched("nmspinning").offset;
  const Label waiting = f.label(), resting = f.label(), not_last = f.label();
  auto sched = [](Frame& x) { return x.symbol("runtime.sched"); };
  auto own_m = [](Frame& x) { return x.m(); };

  f.line("func gcstopm() {");
  f.line("    if sched.gcwaiting == 0 {")
      .jump_if([=](Frame& x) { return x.load(sched(x), go.sched("gcwaiting")); }, waiting);
  f.line("        throw(\"gcstopm: not waiting for gc\")").throws("gcstopm: not waiting for gc");
  f.line("    }");
  f.line("    if getg().m.spinning {")
      .at(waiting)
      .jump_unless([=](Frame& x) { return x.load(x.m(), go.m("spinning")); }, resting);
  f.line("        getg().m.spinning = false").store(own_m, go.m("spinning"), 0);
  f.line("        if int32(atomic.Xadd(&sched.nmspinning, -1)) < 0 {")
      .jump_if(
          [=](Frame& x) {
            return static_cast<std::int32_t>(x.xadd(sched(x) + nmspinning, 4, ~std::uint64_t{0})) >= 0;
          },
          resting);
  f.line("            throw(\"gcstopm: negative nmspinning\")").throws("gcstopm: negative nmspinning");
  f.line("        }");
  f.line("    }");
  f.line("    _p_ := releasep()").at(resting).call(sig::releasep).take(sig::releasep, 0, _p_);
  f.line("    lock(&sched.lock)").call(sig::lock2, {[=](Frame& x) { return sched(x) + lock; }});
  f.line("    _p_.status = _Pgcstop").store(_p_, go.p("status"), kPgcstop);
  f.line("    sched.stopwait--").does([=](Frame& x) {
    x.xadd(sched(x) + stopwait.offset, 4, ~std::uint64_t{0});
  });
  f.line("    if sched.stopwait == 0 {")
      .jump_if([=](Frame& x) { return x.load(sched(x), stopwait); }, not_last);
  f.line("        notewakeup(&sched.stopnote)").call(sig::notewakeup, {[=](Frame& x) {
                                                       return sched(x) + stopnote;
                                                     }});
  f.line("    }");
  f.line("    unlock(&sched.lock)").at(not_last).call(sig::unlock2, {[=](Frame& x) {
                                                        return sched(x) + lock;
                                                      }});
  f.line("    stopm()").call(sig::stopm);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
