// lock_futex.go, lock2 and unlock2: the runtime's mutex. Its key is 0 unlocked, 1 locked, 2 locked with
// sleepers.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction lock2(const Go& go) {
  GoFunction f(sig::lock2, {.bytes = 64});
  const Var l = f.param("l");
  const std::uint32_t locks = go.m("locks").offset;
  const Label contended = f.label();

  f.line("func lock2(l *mutex) {");
  f.line("    getg().m.locks++").does([=](Frame& x) {
    const std::uint64_t at = x.m() + locks;
    x.store_private(at, 4, x.load_private(at, 4) + 1);
  });
  f.line("    if atomic.Xchg(key32(&l.key), mutex_locked) == mutex_unlocked {")
      .jump_if([=](Frame& x) { return x.xchg(x.get(l), 4, 1); }, contended);
  f.line("        return").ret();
  f.line("    }");
  f.line("    futexsleep(key32(&l.key), mutex_sleeping, -1)").at(contended).left_out("futexsleep");
  f.line("}");
  return f;
}

GoFunction unlock2(const Go& go) {
  GoFunction f(sig::unlock2, {.bytes = 24});
  const Var l = f.param("l");
  const Var v = GoFunction::in_register(Reg::rax);
  const std::uint32_t locks = go.m("locks").offset;
  const Label locked = f.label(), quiet = f.label();

  f.line("func unlock2(l *mutex) {");
  f.line("    v := atomic.Xchg(key32(&l.key), mutex_unlocked)").set(v, [=](Frame& x) {
    return x.xchg(x.get(l), 4, 0);
  });
  f.line("    if v == mutex_unlocked {").jump_if(v, locked);
  f.line("        throw(\"unlock of unlocked lock\")").throws("unlock of unlocked lock");
  f.line("    }");
  f.line("    if v == mutex_sleeping {")
      .at(locked)
      .jump_unless([=](Frame& x) { return x.get(v) == 2; }, quiet);
  f.line("        futexwakeup(key32(&l.key), 1)").left_out("futexwakeup");
  f.line("    }");
  f.line("    getg().m.locks--").at(quiet).does([=](Frame& x) {
    const std::uint64_t at = x.m() + locks;
    x.store_private(at, 4, x.load_private(at, 4) - 1);
  });
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
