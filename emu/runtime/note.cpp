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
  f.store(own_m, go.m("blocked"), blocked ? 1 : 0);
}

}  // namespace

GoFunction notesleep(const Go& go) {
  GoFunction f(sig::notesleep, {.bytes = 48});
  const Var n = f.param("n");
  f.line("func notesleep(n *note) {");
  f.if_(
      "    if gp := getg(); gp != gp.m.g0 {", [](Frame& x) { return x.getg() != x.g0(); },
      [&] { f.line("        throw(\"notesleep not on g0\")").throws("notesleep not on g0"); });
  f.line("    for atomic.Load(key32(&n.key)) == 0 {").for_(not_(key_of(n)), [&] {
    f.line("        gp.m.blocked = true");
    set_blocked(f, go, true);
    f.line("        futexsleep(key32(&n.key), 0, -1)")
        .call(sig::futexsleep, {n, 0, -1})
        .wrong("whatever-the-key", "futexsleep(key32(&n.key), n.key, -1)  // also after a wakeup", [&] {
          f.call(sig::futexsleep, {n, key_of(n), -1});
        });
    f.line("        gp.m.blocked = false");
    set_blocked(f, go, false);
  });
  f.line("}").ret();
  return f;
}

GoFunction notetsleep(const Go& go) {
  GoFunction f(sig::notetsleep, {.bytes = 56, .ours = true});
  const Var n = f.param("n"), ns = f.param("ns"), woken = f.result("woken");
  const Var deadline = f.local("deadline", "int64"), now = f.local("now", "int64");
  const Label woken_already = f.label();  // the one `return true` of both
  f.line("func notetsleep(n *note, ns int64) bool {");
  const std::uint32_t preemptoff_len = go.m("preemptoff").offset + 8;
  f.if_("    if gp := getg(); gp != gp.m.g0 && gp.m.preemptoff != \"\" {",
        all([](Frame& x) { return x.getg() != x.g0(); },
            [=](Frame& x) { return x.load(x.m() + preemptoff_len); }),
        [&] { f.line("        throw(\"notetsleep not on g0\")").throws("notetsleep not on g0"); });
  f.if_(
      "    if ns < 0 {", [=](Frame& x) { return static_cast<std::int64_t>(x.get(ns)) < 0; },
      [&] {
        f.line(
             "        for atomic.Load(key32(&n.key)) == 0 { "
             "futexsleep(key32(&n.key), 0, -1) }")
            .for_(not_(key_of(n)), [&] {
              set_blocked(f, go, true);
              f.call(sig::futexsleep, {n, 0, -1});
              set_blocked(f, go, false);
            });
        f.line("        return true").at(woken_already).set(woken, 1).ret();
      });
  f.line("    if atomic.Load(key32(&n.key)) != 0 { return true }").goto_if(key_of(n), woken_already);
  f.line("    deadline := nanotime() + ns")
      .call(sig::nanotime)
      .take(sig::nanotime, 0, deadline)
      .set(deadline, deadline + ns);
  f.forever("    for {", [&] {
    f.line("        gp.m.blocked = true");
    set_blocked(f, go, true);
    f.line("        futexsleep(key32(&n.key), 0, ns)").call(sig::futexsleep, {n, 0, ns});
    f.line("        gp.m.blocked = false");
    set_blocked(f, go, false);
    f.line("        if atomic.Load(key32(&n.key)) != 0 { break }").break_if(key_of(n));
    f.line("        now := nanotime()").call(sig::nanotime).take(sig::nanotime, 0, now);
    f.line("        if now >= deadline { break }").break_if([=](Frame& x) {
      return static_cast<std::int64_t>(x.get(now)) >= static_cast<std::int64_t>(x.get(deadline));
    });
    f.line("        ns = deadline - now  // a spurious wakeup").set(ns, deadline - now);
  });
  f.line("    return atomic.Load(key32(&n.key)) != 0").set(woken, key_of(n)).ret();
  f.line("}");
  return f;
}

GoFunction notewakeup(const Go&) {
  GoFunction f(sig::notewakeup, {.bytes = 32});
  const Var n = f.param("n");
  const Var old = GoFunction::in_register(Reg::rax);

  f.line("func notewakeup(n *note) {");
  f.line("    old := atomic.Xchg(key32(&n.key), 1)").set(old, Storing{[=](Frame& x) {
                                                           return x.xchg(x.get(n), 4, 1);
                                                         }});
  f.if_("    if old != 0 {", old, [&] {
    f.line("        throw(\"notewakeup - double wakeup\")").throws("notewakeup - double wakeup");
  });
  f.line("    futexwakeup(key32(&n.key), 1)").call(sig::futexwakeup, {n, 1});
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
