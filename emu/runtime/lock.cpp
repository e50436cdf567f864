// lock_futex.go, lock2 and unlock2: the runtime's mutex. Its key is 0 unlocked,
// 1 locked, 2 locked with sleepers.
#include "emu/runtime/sig_wait.h"

namespace gogoscope::runtime {

namespace {

constexpr std::uint64_t kMutexUnlocked = 0, kMutexLocked = 1, kMutexSleeping = 2;
constexpr std::uint64_t kActiveSpin = 4, kPassiveSpin = 1;

std::int32_t locks_of(Frame& x, std::uint32_t locks) {
  return static_cast<std::int32_t>(x.load_private(x.m() + locks, 4));
}

}  // namespace

GoFunction lock2(const Go& go) {
  GoFunction f(sig::lock2, {.bytes = 64});
  const Var l = f.param("l");
  const Var wait = f.local("wait", "uint32"), spin = f.local("spin", "int"), i = f.local("i", "int");
  const Var v = GoFunction::in_register(Reg::rax);
  const std::uint32_t locks = go.m("locks").offset;
  const Label good = f.label(), contended = f.label(), again = f.label(), active = f.label(),
              passive = f.label(), passive_next = f.label(), sleeps = f.label(), nap = f.label();
  // Free for a moment: try to take it. A CAS that another M has forestalled
  // looks again.
  auto try_to_take = [&](const Label& busy) {
    const Label look = f.label();
    f.at(look)
        .jump_if([=](Frame& x) { return x.load(x.get(l)) != kMutexUnlocked; }, busy)
        .jump_unless([=](Frame& x) { return x.cas(x.get(l), 4, kMutexUnlocked, x.get(wait)); }, look)
        .ret();
  };

  f.line("func lock2(l *mutex) {");
  f.line("    gp := getg()");
  f.line("    if gp.m.locks < 0 {").jump_unless([=](Frame& x) { return locks_of(x, locks) < 0; }, good);
  f.line("        throw(\"runtime·lock: lock count\")").throws("runtime·lock: lock count");
  f.line("    }");
  f.line("    gp.m.locks++").at(good).does([=](Frame& x) {
    x.store_private(x.m() + locks, 4, static_cast<std::uint64_t>(locks_of(x, locks)) + 1);
  });
  f.line("    v := atomic.Xchg(key32(&l.key), mutex_locked)").set(v, [=](Frame& x) {
    return x.xchg(x.get(l), 4, kMutexLocked);
  });
  f.line("    if v == mutex_unlocked { return }").jump_if(v, contended).ret();
  f.line(
       "    wait := v  // if it was mutex_sleeping, somebody may sleep: keep "
       "that value")
      .at(contended)
      .set(wait, v);
  f.line("    spin := 0; if ncpu > 1 { spin = active_spin }").set(spin, [](Frame& x) {
    return x.load(x.symbol("runtime.ncpu"), 4) > 1 ? kActiveSpin : 0;
  });
  f.line("    for {");
  f.line("        for i := 0; i < spin; i++ {").at(again).set(i, 0);
  f.at(active).jump_unless([=](Frame& x) { return x.get(i) < x.get(spin); }, passive);
  f.line(
      "            for l.key == mutex_unlocked { if atomic.Cas(&l.key, "
      "mutex_unlocked, wait) { return } }");
  const Label busy = f.label();
  try_to_take(busy);
  f.line("            procyield(active_spin_cnt)  // 30 times PAUSE, here once")
      .at(busy)
      .instruction("PAUSE")
      .set(i, [=](Frame& x) { return x.get(i) + 1; })
      .jump(active);
  f.line("        }");
  f.line("        for i := 0; i < passive_spin; i++ {").at(passive).set(i, 0);
  f.at(passive_next).jump_unless([=](Frame& x) { return x.get(i) < kPassiveSpin; }, sleeps);
  f.line(
      "            for l.key == mutex_unlocked { if atomic.Cas(&l.key, "
      "mutex_unlocked, wait) { return } }");
  const Label taken = f.label();
  try_to_take(taken);
  f.line("            osyield()")
      .at(taken)
      .call(sig::osyield)
      .set(i, [=](Frame& x) { return x.get(i) + 1; })
      .jump(passive_next);
  f.line("        }");
  f.line("        v = atomic.Xchg(key32(&l.key), mutex_sleeping)").at(sleeps).set(v, [=](Frame& x) {
    return x.xchg(x.get(l), 4, kMutexSleeping);
  });
  f.line("        if v == mutex_unlocked { return }").jump_if(v, nap).ret();
  f.line("        wait = mutex_sleeping").at(nap).set(wait, kMutexSleeping);
  f.line("        futexsleep(key32(&l.key), mutex_sleeping, -1)")
      .call(sig::futexsleep, {l, kMutexSleeping, -1})
      .jump(again);
  f.line("    }");
  f.line("}");
  return f;
}

GoFunction unlock2(const Go& go) {
  GoFunction f(sig::unlock2, {.bytes = 24});
  const Var l = f.param("l");
  const Var v = GoFunction::in_register(Reg::rax);
  const std::uint32_t locks = go.m("locks").offset;
  const Label locked = f.label(), quiet = f.label(), good = f.label(), done = f.label();
  auto getg = [](Frame& x) { return x.getg(); };

  f.line("func unlock2(l *mutex) {");
  f.line("    v := atomic.Xchg(key32(&l.key), mutex_unlocked)").set(v, [=](Frame& x) {
    return x.xchg(x.get(l), 4, kMutexUnlocked);
  });
  f.line("    if v == mutex_unlocked {").jump_if(v, locked);
  f.line("        throw(\"unlock of unlocked lock\")").throws("unlock of unlocked lock");
  f.line("    }");
  f.line("    if v == mutex_sleeping {")
      .at(locked)
      .jump_unless([=](Frame& x) { return x.get(v) == kMutexSleeping; }, quiet);
  f.line("        futexwakeup(key32(&l.key), 1)").call(sig::futexwakeup, {l, 1});
  f.line("    }");
  f.line("    gp := getg(); gp.m.locks--").at(quiet).does([=](Frame& x) {
    x.store_private(x.m() + locks, 4, static_cast<std::uint64_t>(locks_of(x, locks)) - 1);
  });
  f.line("    if gp.m.locks < 0 {").jump_unless([=](Frame& x) { return locks_of(x, locks) < 0; }, good);
  f.line("        throw(\"runtime·unlock: lock count\")").throws("runtime·unlock: lock count");
  f.line("    }");
  f.line(
       "    if gp.m.locks == 0 && gp.preempt {  // newstack may have taken "
       "the request back meanwhile")
      .at(good)
      .jump_if([=](Frame& x) { return locks_of(x, locks) != 0 || x.load(x.getg(), go.g("preempt")) == 0; },
               done);
  f.line("        gp.stackguard0 = stackPreempt").store(getg, go.g("stackguard0"), kStackPreempt);
  f.line("    }");
  f.line("}").at(done).ret();
  return f;
}

}  // namespace gogoscope::runtime
