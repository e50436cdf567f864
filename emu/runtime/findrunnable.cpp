// proc.go, findrunnable: looks for a g everywhere, in Go 1.16's order; parks the M if there is none. Blocks
// until it has one.
#include "emu/runtime/fastrand.h"
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

namespace {

constexpr std::uint64_t kStealTries = 4;

/// idlepMask.read(id): an idle P has nothing to steal.
bool is_idle(std::uint64_t mask_word, std::uint64_t id) { return (mask_word >> id % 32 & 1) != 0; }

}  // namespace

GoFunction findrunnable(const Go& go) {
  GoFunction f(sig::findrunnable, {.bytes = 288});
  const Var result = f.result("gp"), inherit = f.result("inheritTime");
  const Var _g_ = f.local("_g_", "*g"), _p_ = f.local("_p_", "*p"), gp = f.local("gp'", "*g"),
            procs = f.local("procs", "uint32"), i = f.local("i", "int"), enum_i = f.local("enum.i", "uint32"),
            enum_pos = f.local("enum.pos", "uint32"), enum_inc = f.local("enum.inc", "uint32"),
            p2 = f.local("p2", "*p"), allp = f.local("allpSnapshot", "*[]*p"),
            idle_mask = f.local("idlepMaskSnapshot", "*[8]uint32"), released = f.local("released", "*p"),
            wasSpinning = f.local("wasSpinning", "bool"), id = f.local("id", "int"),
            mask_copy = f.local("idlepMaskCopy", "uint32");  // of a wrong variant
  const Var ax = GoFunction::in_register(Reg::rax), tail = GoFunction::in_register(Reg::rcx),
            next = GoFunction::in_register(Reg::rbx);
  const Field& lock = go.sched("lock");
  const Field& gcwaiting = go.sched("gcwaiting");
  const Field& npidle = go.sched("npidle");
  const Field& nmspinning = go.sched("nmspinning");
  const Field& spinning = go.m("spinning");
  const Label top = f.label(), stop = f.label();
  auto sched_lock = address(sched, lock);
  auto sched_field = [=](const Field& field) { return load(sched, field); };
  auto m_spinning = load(own_m, spinning);
  // The world is stopped when allp moves, and it has room for all Ps from the boot on.
  auto p_at = [](Var index) {
    return [=](Frame& x) { return x.load(x.load_private(x.symbol("runtime.allp")) + x.get(index) * 8); };
  };

  f.line("func findrunnable() (gp *g, inheritTime bool) {");
  f.line("    _g_ := getg()").set(_g_, getg);
  f.line("top:");
  f.line("    _p_ := _g_.m.p.ptr()").at(top).set(_p_, own_p);
  f.if_("    if sched.gcwaiting != 0 {", sched_field(gcwaiting), [&] {
    f.line("        gcstopm()").call(sig::gcstopm);
    f.line("        goto top").goto_(top);
  });
  f.line("    // safe-point function, timers, finalizers, cgo: left out");
  f.line("    if gp, inheritTime := runqget(_p_); gp != nil {  // local runq")
      .call(sig::runqget, {_p_})
      .take(sig::runqget, 0, result)
      .take(sig::runqget, 1, inherit)
      .if_(result, [&] { f.line("        return gp, inheritTime").ret(); });
  f.if_("    if sched.runqsize != 0 {  // global runq", sched_field(go.sched("runqsize")), [&] {
    f.line("        lock(&sched.lock)").call(sig::lock2, {sched_lock});
    f.line("        gp := globrunqget(_p_, 0)")
        .call(sig::globrunqget, {_p_, 0})
        .take(sig::globrunqget, 0, gp);
    f.line("        unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
    f.if_("        if gp != nil { return gp, false }", gp, [&] { f.set(result, gp).set(inherit, 0).ret(); });
  });
  f.line("    // netpoll: left out, nothing waits for a socket");

  f.line("    procs := uint32(gomaxprocs)").set(procs, [](Frame& x) {
    return x.load(x.symbol("runtime.gomaxprocs"), 4);
  });
  f.if_("    if !_g_.m.spinning && 2*atomic.Load(&sched.nmspinning) >= procs-atomic.Load(&sched.npidle) {",
        all(m_spinning == 0, reads(ax, sched_field(nmspinning)),
            [=, &npidle](Frame& x) {
              const auto busy = static_cast<std::uint32_t>(x.get(procs) - x.load(sched(x), npidle));
              return 2 * static_cast<std::uint32_t>(x.get(ax)) >= busy;
            }),
        [&] { f.line("        goto stop  // enough Ms look for work already").goto_(stop); });
  f.if_("    if !_g_.m.spinning {", m_spinning == 0, [&] {
    f.line("        _g_.m.spinning = true").store(own_m, spinning, 1);
    f.line("        atomic.Xadd(&sched.nmspinning, 1)").add(sched, nmspinning, 1);
  });
  // As stealOrder.count, which procresize sets: whatever becomes of gomaxprocs, it is not zero.
  const auto count = [](Frame& x) { return static_cast<std::uint32_t>(x.environment().procs); };
  const auto not_done = [=](Frame& x) { return x.get(enum_i) != count(x); };
  const auto steal_from_p2 = [&] {
    f.line("            if sched.gcwaiting != 0 { goto top }").goto_if(sched_field(gcwaiting), top);
    f.line("            p2 := allp[enum.position()]").set(p2, p_at(enum_pos));
    f.line("            if _p_ == p2 { continue }").continue_if(_p_ == p2);
    f.line("            // on the last pass: run its timers, there are none");
    f.if_("            if !idlepMask.read(enum.position()) {", not_([=](Frame& x) {
            const std::uint64_t word = x.symbol("runtime.idlepMask") + x.get(enum_pos) / 32 * 4;
            return is_idle(x.load(word, 4), x.get(enum_pos));
          }),
          [&] {
            f.line("                if gp := runqsteal(_p_, p2, stealTimersOrRunNextG); gp != nil {")
                .call(sig::runqsteal, {_p_, p2, i == kStealTries - 1})
                .take(sig::runqsteal, 0, result)
                .if_(result, [&] { f.line("                    return gp, false").set(inherit, 0).ret(); });
          });
  };
  f.line("    for i := 0; i < stealTries; i++ {")
      .set(i, 0)
      .for_(
          i < kStealTries,
          [&] {
            f.line("        stealTimersOrRunNextG := i == stealTries-1");
            f.line("        for enum := stealOrder.start(fastrand()); !enum.done(); enum.next() {")
                .stores(
                    [=](Frame& x) {
                      const StealOrder order = steal_order(fastrand(x), count(x));
                      x.set(enum_i, 0);
                      x.set(enum_pos, order.first);
                      x.set(enum_inc, order.stride);
                    },
                    {.variables = true})
                .for_(not_done, steal_from_p2, [&] {
                  f.stores(
                      [=](Frame& x) {
                        x.set(enum_i, x.get(enum_i) + 1);
                        x.set(enum_pos, (x.get(enum_pos) + x.get(enum_inc)) % count(x));
                      },
                      {.variables = true});
                });
          },
          [&] { f.set(i, i + 1); });

  f.line("stop:");
  f.line("    // work for an idle collector: left out");
  f.line("    allpSnapshot := allp").at(stop).set(allp, [](Frame& x) {
    return x.load(x.symbol("runtime.allp"));
  });
  // A copy of the slice's header: its bits are read as they are then.
  f.line("    idlepMaskSnapshot := idlepMask  // its length must not change; its values may")
      .set(idle_mask, symbol("runtime.idlepMask"))
      .wrong("copied", "idlepMaskSnapshot := append(pMask(nil), idlepMask...)  // its bits as they are now",
             [&] {
               f.stores(
                   [=](Frame& x) {  // one word holds the bits of all Ps that a machine of ours can have
                     x.set(mask_copy, x.load(x.symbol("runtime.idlepMask"), 4));
                     x.set(idle_mask, x.address(mask_copy).value());
                   },
                   {.variables = true});
             });
  f.line("    lock(&sched.lock)  // give the P back and block").call(sig::lock2, {sched_lock});
  f.if_("    if sched.gcwaiting != 0 {", sched_field(gcwaiting), [&] {
    f.line("        unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
    f.line("        goto top").goto_(top);
  });
  f.if_("    if sched.runqsize != 0 {", sched_field(go.sched("runqsize")), [&] {
    f.line("        gp := globrunqget(_p_, 0)")
        .call(sig::globrunqget, {_p_, 0})
        .take(sig::globrunqget, 0, result);
    f.line("        unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
    f.line("        return gp, false").set(inherit, 0).ret();
  });
  f.line("    if releasep() != _p_ {")
      .call(sig::releasep)
      .take(sig::releasep, 0, released)
      .if_(released != _p_,
           [&] { f.line("        throw(\"findrunnable: wrong p\")").throws("findrunnable: wrong p"); });
  f.line("    pidleput(_p_)").call(sig::pidleput, {_p_});
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {sched_lock});

  // From here on an M that makes a g runnable starts an M for it, since none spins. One that did so a moment
  // ago relied on us: hence the second look.
  f.line("    wasSpinning := _g_.m.spinning").set(wasSpinning, m_spinning);
  f.if_("    if _g_.m.spinning {", wasSpinning, [&] {
    f.line("        _g_.m.spinning = false").store(own_m, spinning, 0);
    f.if_("        if int32(atomic.Xadd(&sched.nmspinning, -1)) < 0 {",
          int32(xadd(sched, nmspinning, -1)) < 0, [&] {
            f.line("            throw(\"findrunnable: negative nmspinning\")")
                .throws("findrunnable: negative nmspinning");
          });
  });
  const auto look_again = [&] {
    f.set(_p_, [=](Frame& x) { return x.load(x.get(allp) + x.get(id) * 8); });
    // runqempty: the three are one moment's only if the tail has not moved meanwhile.
    f.line("        if !idlepMaskSnapshot.read(uint32(id)) && !runqempty(_p_) {")
        .continue_if(
            [=](Frame& x) { return is_idle(x.load(x.get(idle_mask) + x.get(id) / 32 * 4, 4), x.get(id)); })
        .repeat(
            [&] {
              f.set(ax, load(_p_, go.p("runqhead")))
                  .set(tail, load(_p_, go.p("runqtail")))
                  .set(next, load(_p_, go.p("runnext")));
            },
            load(_p_, go.p("runqtail")) == tail)
        .continue_if([=](Frame& x) { return x.get(ax) == x.get(tail) && x.get(next) == 0; })
        .block([&] {
          f.line("            lock(&sched.lock)").call(sig::lock2, {sched_lock});
          f.line("            _p_ = pidleget()").call(sig::pidleget).take(sig::pidleget, 0, _p_);
          f.line("            unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
          f.line("            if _p_ != nil {").break_if(_p_ == 0).block([&] {
            f.line("                acquirep(_p_)").call(sig::acquirep, {_p_});
            f.if_("                if wasSpinning {", wasSpinning, [&] {
              f.line("                    _g_.m.spinning = true").store(own_m, spinning, 1);
              f.line("                    atomic.Xadd(&sched.nmspinning, 1)").add(sched, nmspinning, 1);
            });
            f.line("                goto top").goto_(top);
          });
          f.line("            break");
        });
  };
  f.line("    for id, _p_ := range allpSnapshot {  // check all runqueues once again")
      .set(id, 0)
      .for_(id < procs, look_again, [&] { f.set(id, id + 1); });
  f.line("    // timers again, collector's work again, a blocking netpoll: left out");
  f.line("    stopm()").call(sig::stopm);
  f.line("    goto top").goto_(top);
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
