// lock_futex.go, lock2 and unlock2: the runtime's mutex. Its key is 0 unlocked,
// 1 locked, 2 locked with sleepers.
#include "emu/runtime/acquirem.h"

namespace gogoscope::runtime {

namespace {

constexpr std::uint64_t kMutexUnlocked = 0, kMutexLocked = 1, kMutexSleeping = 2;
constexpr std::uint64_t kActiveSpin = 4, kPassiveSpin = 1;

/// m.locks of the M that asks, which only that M touches.
auto locks_of(const Field& locks) {
  return Expr{[offset = locks.offset](Frame& x) { return x.load_private(x.m() + offset, 4); }};
}

}  // namespace

GoFunction lock2(const Go& go) {
  GoFunction f(sig::lock2, {.bytes = 64});
  const Var l = f.param("l");
  const Var wait = f.local("wait", "uint32"), spin = f.local("spin", "int"), i = f.local("i", "int");
  const Var v = GoFunction::in_register(Reg::rax);
  const auto locks = locks_of(go.m("locks"));
  // Free for a moment: try to take it. A CAS that another M has forestalled
  // looks again.
  auto try_to_take = [&] {
    f.for_([=](Frame& x) { return x.load(x.get(l)) == kMutexUnlocked; },
           [&] {
             f.continue_if(
                 not_(Storing{[=](Frame& x) { return x.cas(x.get(l), 4, kMutexUnlocked, x.get(wait)); }}));
             f.ret();
           });
  };

  f.line("func lock2(l *mutex) {");
  f.line("    gp := getg()");
  f.if_("    if gp.m.locks < 0 {", int32(locks) < 0,
        [&] { f.line("        throw(\"runtime·lock: lock count\")").throws("runtime·lock: lock count"); });
  f.line("    gp.m.locks++").stores(add_to_locks(go, 1));
  f.line("    v := atomic.Xchg(key32(&l.key), mutex_locked)").set(v, Storing{[=](Frame& x) {
                                                                    return x.xchg(x.get(l), 4, kMutexLocked);
                                                                  }});
  f.if_("    if v == mutex_unlocked { return }", v == 0, [&] { f.ret(); });
  f.line(
       "    wait := v  // if it was mutex_sleeping, a thread may sleep: keep "
       "that value")
      .set(wait, v);
  f.line("    spin := 0; if ncpu > 1 { spin = active_spin }").set(spin, [](Frame& x) {
    return x.load(x.symbol("runtime.ncpu"), 4) > 1 ? kActiveSpin : 0;
  });
  constexpr const char* kTry =
      "            for l.key == mutex_unlocked { if atomic.Cas(&l.key, mutex_unlocked, wait) { return } }";
  f.forever("    for {", [&] {
    f.line("        for i := 0; i < spin; i++ {").set(i, 0).for_(i < spin, [&] {
      f.line(kTry);
      try_to_take();
      f.line("            procyield(active_spin_cnt)  // 30 times PAUSE, here once")
          .instruction("PAUSE")
          .set(i, i + 1);
    });
    f.line("        for i := 0; i < passive_spin; i++ {").set(i, 0).for_(i < kPassiveSpin, [&] {
      f.line(kTry);
      try_to_take();
      f.line("            osyield()").call(sig::osyield).set(i, i + 1);
    });
    f.line("        v = atomic.Xchg(key32(&l.key), mutex_sleeping)").set(v, Storing{[=](Frame& x) {
                                                                           return x.xchg(x.get(l), 4,
                                                                                         kMutexSleeping);
                                                                         }});
    f.if_("        if v == mutex_unlocked { return }", v == 0, [&] { f.ret(); });
    f.line("        wait = mutex_sleeping")
        .set(wait, kMutexSleeping)
        .wrong("locked", "wait = mutex_locked", [&] { f.set(wait, kMutexLocked); });
    f.line("        futexsleep(key32(&l.key), mutex_sleeping, -1)")
        .call(sig::futexsleep, {l, kMutexSleeping, -1});
  });
  f.line("}");
  return f;
}

GoFunction unlock2(const Go& go) {
  GoFunction f(sig::unlock2, {.bytes = 24});
  const Var l = f.param("l");
  const Var v = GoFunction::in_register(Reg::rax);
  const auto locks = locks_of(go.m("locks"));

  f.line("func unlock2(l *mutex) {");
  f.line("    v := atomic.Xchg(key32(&l.key), mutex_unlocked)").set(v, Storing{[=](Frame& x) {
                                                                      return x.xchg(x.get(l), 4,
                                                                                    kMutexUnlocked);
                                                                    }});
  f.if_("    if v == mutex_unlocked {", v == 0,
        [&] { f.line("        throw(\"unlock of unlocked lock\")").throws("unlock of unlocked lock"); });
  f.if_("    if v == mutex_sleeping {", v == kMutexSleeping, [&] {
    f.line("        futexwakeup(key32(&l.key), 1)").call(sig::futexwakeup, {l, 1});
  });
  f.line("    gp := getg(); gp.m.locks--").stores(add_to_locks(go, ~std::uint64_t{0}));
  f.if_("    if gp.m.locks < 0 {", int32(locks) < 0, [&] {
    f.line("        throw(\"runtime·unlock: lock count\")").throws("runtime·unlock: lock count");
  });
  f.if_(
      "    if gp.m.locks == 0 && gp.preempt {  // newstack may have taken "
      "the request back meanwhile",
      [=, preempt = load(getg, go.g("preempt"))](Frame& x) {
        return (locks(x) & 0xffffffff) == 0 && preempt(x) != 0;
      },
      [&] {
        f.line("        gp.stackguard0 = stackPreempt").store(getg, go.g("stackguard0"), kStackPreempt);
      });
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
