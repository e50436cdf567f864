// proc.go, stopm and mPark: an M without work sleeps until somebody gives it a
// P.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction stopm(const Go& go) {
  GoFunction f(sig::stopm, {.bytes = 32});
  const std::uint32_t lock = go.sched("lock").offset;
  auto sched_lock = [=](Frame& x) { return x.symbol("runtime.sched") + lock; };
  auto own_m = [](Frame& x) { return x.m(); };
  auto of_m = [go](const char* name) {
    const Field& field = go.m(name);
    return [&field](Frame& x) { return x.load(x.m(), field); };
  };
  const Label no_locks = f.label(), no_p = f.label(), resting = f.label();
  f.line("func stopm() {");
  f.line("    if getg().m.locks != 0 {").jump_unless(of_m("locks"), no_locks);
  f.line("        throw(\"stopm holding locks\")").throws("stopm holding locks");
  f.line("    }");
  f.line("    if getg().m.p != 0 {").at(no_locks).jump_unless(of_m("p"), no_p);
  f.line("        throw(\"stopm holding p\")").throws("stopm holding p");
  f.line("    }");
  f.line("    if getg().m.spinning {").at(no_p).jump_unless(of_m("spinning"), resting);
  f.line("        throw(\"stopm spinning\")").throws("stopm spinning");
  f.line("    }");
  f.line("    lock(&sched.lock)").at(resting).call(sig::lock2, {sched_lock});
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
  const std::uint32_t park = go.m("park").offset;
  auto own_note = [=](Frame& x) { return x.m() + park; };
  f.line("func mPark() {");
  f.line("    notesleep(&getg().m.park)").call(sig::notesleep, {own_note});
  f.line("    noteclear(&getg().m.park)").does([=](Frame& x) { x.store(own_note(x), 8, 0); });
  f.line("    // mDoFixup: left out, nobody changes all threads at once");
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
