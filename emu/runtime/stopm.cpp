// proc.go, stopm and mPark: an M without work sleeps until another M gives it a
// P.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction stopm(const Go& go) {
  GoFunction f(sig::stopm, {.bytes = 32});
  const Field& lock = go.sched("lock");
  auto sched_lock = address(sched, lock);
  auto of_m = [go](const char* name) { return load(own_m, go.m(name)); };

  f.line("func stopm() {");
  f.if_("    if getg().m.locks != 0 {", of_m("locks"),
        [&] { f.line("        throw(\"stopm holding locks\")").throws("stopm holding locks"); });
  f.if_("    if getg().m.p != 0 {", of_m("p"),
        [&] { f.line("        throw(\"stopm holding p\")").throws("stopm holding p"); });
  f.if_("    if getg().m.spinning {", of_m("spinning"),
        [&] { f.line("        throw(\"stopm spinning\")").throws("stopm spinning"); });
  f.line("    lock(&sched.lock)").call(sig::lock2, {sched_lock});
  f.line("    mput(getg().m)").call(sig::mput, {own_m});
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line("    mPark()").call(sig::mPark);
  f.line("    acquirep(getg().m.nextp.ptr())").call(sig::acquirep, {of_m("nextp")});
  f.line("    getg().m.nextp = 0").store(own_m, go.m("nextp"), 0);
  f.line("}").ret();
  return f;
}

GoFunction mPark(const Go& go) {
  GoFunction f(sig::mPark, {.bytes = 24, .stack_check = false});
  const Field& park = go.m("park");
  auto own_note = address(own_m, park);
  f.line("func mPark() {");
  f.line("    notesleep(&getg().m.park)").call(sig::notesleep, {own_note});
  f.line("    noteclear(&getg().m.park)").stores([=](Frame& x) { x.store(own_note(x), 8, 0); });
  f.line("    // mDoFixup: left out, no call changes all threads at once");
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
