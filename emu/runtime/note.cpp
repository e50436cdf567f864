// lock_futex.go, notes: one thread sleeps until another wakes it, once. The key
// is 0 until the wakeup, then 1.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

namespace {

Value key_of(Var n) {
  return [n](Frame& x) { return x.load(x.get(n), 4); };
}

/// gp.m.blocked, which says to a debugger that the M sleeps.
void set_blocked(GoFunction& f, const Go& go, bool blocked) {
  f.store([](Frame& x) { return x.m(); }, go.m("blocked"), blocked ? 1 : 0);
}

}  // namespace

GoFunction notesleep(const Go& go) {
  GoFunction f(sig::notesleep, {.bytes = 48});
  const Var n = f.param("n");
  const Label good = f.label(), loop = f.label(), done = f.label();
  f.line("func notesleep(n *note) {");
  f.line("    if gp := getg(); gp != gp.m.g0 {").jump_if([](Frame& x) { return x.getg() == x.g0(); }, good);
  f.line("        throw(\"notesleep not on g0\")").throws("notesleep not on g0");
  f.line("    }");
  f.line("    for atomic.Load(key32(&n.key)) == 0 {").at(good).at(loop).jump_if(key_of(n), done);
  f.line("        gp.m.blocked = true");
  set_blocked(f, go, true);
  f.line("        futexsleep(key32(&n.key), 0, -1)").call(sig::futexsleep, {n, 0, -1});
  f.line("        gp.m.blocked = false");
  set_blocked(f, go, false);
  f.jump(loop);
  f.line("    }");
  f.line("}").at(done).ret();
  return f;
}

GoFunction notetsleep(const Go& go) {
  GoFunction f(sig::notetsleep, {.bytes = 56, .ours = true});
  const Var n = f.param("n"), ns = f.param("ns"), woken = f.result("woken");
  const Var deadline = f.local("deadline", "int64"), now = f.local("now", "int64");
  const Label good = f.label(), timed = f.label(), loop = f.label(), out = f.label(), forever = f.label(),
              is_woken = f.label();
  f.line("func notetsleep(n *note, ns int64) bool {");
  f.line("    if gp := getg(); gp != gp.m.g0 {").jump_if([](Frame& x) { return x.getg() == x.g0(); }, good);
  f.line("        throw(\"notetsleep not on g0\")").throws("notetsleep not on g0");
  f.line("    }");
  f.line("    if ns < 0 {")
      .at(good)
      .jump_unless([=](Frame& x) { return static_cast<std::int64_t>(x.get(ns)) < 0; }, timed);
  f.line(
       "        for atomic.Load(key32(&n.key)) == 0 { "
       "futexsleep(key32(&n.key), 0, -1) }")
      .at(forever)
      .jump_if(key_of(n), is_woken);
  set_blocked(f, go, true);
  f.call(sig::futexsleep, {n, 0, -1});
  set_blocked(f, go, false);
  f.jump(forever);
  f.line("        return true").at(is_woken).set(woken, 1).ret();
  f.line("    }");
  f.line("    if atomic.Load(key32(&n.key)) != 0 { return true }").at(timed).jump_if(key_of(n), is_woken);
  f.line("    deadline := nanotime() + ns")
      .call(sig::nanotime)
      .take(sig::nanotime, 0, deadline)
      .set(deadline, [=](Frame& x) { return x.get(deadline) + x.get(ns); });
  f.line("    for {");
  f.line("        gp.m.blocked = true").at(loop);
  set_blocked(f, go, true);
  f.line("        futexsleep(key32(&n.key), 0, ns)").call(sig::futexsleep, {n, 0, ns});
  f.line("        gp.m.blocked = false");
  set_blocked(f, go, false);
  f.line("        if atomic.Load(key32(&n.key)) != 0 { break }").jump_if(key_of(n), out);
  f.line("        now := nanotime()").call(sig::nanotime).take(sig::nanotime, 0, now);
  f.line("        if now >= deadline { break }")
      .jump_if(
          [=](Frame& x) {
            return static_cast<std::int64_t>(x.get(now)) >= static_cast<std::int64_t>(x.get(deadline));
          },
          out);
  f.line("        ns = deadline - now  // a spurious wakeup")
      .set(ns, [=](Frame& x) { return x.get(deadline) - x.get(now); })
      .jump(loop);
  f.line("    }");
  f.line("    return atomic.Load(key32(&n.key)) != 0").at(out).set(woken, key_of(n)).ret();
  f.line("}");
  return f;
}

GoFunction notewakeup(const Go&) {
  GoFunction f(sig::notewakeup, {.bytes = 32});
  const Var n = f.param("n");
  const Var old = GoFunction::in_register(Reg::rax);
  const Label once = f.label();
  f.line("func notewakeup(n *note) {");
  f.line("    old := atomic.Xchg(key32(&n.key), 1)").set(old, [=](Frame& x) {
    return x.xchg(x.get(n), 4, 1);
  });
  f.line("    if old != 0 {").jump_unless(old, once);
  f.line("        throw(\"notewakeup - double wakeup\")").throws("notewakeup - double wakeup");
  f.line("    }");
  f.line("    futexwakeup(key32(&n.key), 1)").at(once).call(sig::futexwakeup, {n, 1});
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
