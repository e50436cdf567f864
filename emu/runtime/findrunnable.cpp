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
            idle_mask = f.local("idlepMaskSnapshot", "[2]uint32"), released = f.local("released", "*p"),
            wasSpinning = f.local("wasSpinning", "bool"), id = f.local("id", "int");
  const Var ax = GoFunction::in_register(Reg::rax), tail = GoFunction::in_register(Reg::rcx),
            next = GoFunction::in_register(Reg::rbx);
  const std::uint32_t lock = go.sched("lock").offset;
  const Field& gcwaiting = go.sched("gcwaiting");
  const Field& npidle = go.sched("npidle");
  const Field& nmspinning = go.sched("nmspinning");
  const Field& spinning = go.m("spinning");
  const Label top = f.label(), no_gc = f.label(), no_local = f.label(), no_global = f.label(),
              steal = f.label(), is_spinning = f.label(), pass = f.label(), next_victim = f.label(),
              look = f.label(), end_of_pass = f.label(), stop = f.label(), no_late_gc = f.label(),
              idle = f.label(), right_p = f.label(), not_spinning = f.label(), recheck = f.label(),
              next_p = f.label(), empty = f.label(), have_p = f.label(), park = f.label();
  auto sched = [](Frame& x) { return x.symbol("runtime.sched"); };
  auto sched_lock = [=](Frame& x) { return sched(x) + lock; };
  auto own_m = [](Frame& x) { return x.m(); };
  auto sched_field = [=](const Field& field) {
    return [=, &field](Frame& x) { return x.load(sched(x), field); };
  };
  auto m_spinning = [&](Frame& x) { return x.load(x.m(), spinning); };
  auto add_spinning = [=, &nmspinning](std::uint64_t n) {
    return [=, &nmspinning](Frame& x) {
      return static_cast<std::int32_t>(x.xadd(sched(x) + nmspinning.offset, 4, n)) < 0;
    };
  };
  // The world is stopped when allp moves, and it has room for all Ps from the boot on.
  auto p_at = [](Var index) {
    return [=](Frame& x) { return x.load(x.load_private(x.symbol("runtime.allp")) + x.get(index) * 8); };
  };

  f.line("func findrunnable() (gp *g, inheritTime bool) {");
  f.line("    _g_ := getg()").set(_g_, [](Frame& x) { return x.getg(); });
  f.line("top:");
  f.line("    _p_ := _g_.m.p.ptr()").at(top).set(_p_, [](Frame& x) { return x.p(); });
  f.line("    if sched.gcwaiting != 0 {").jump_unless(sched_field(gcwaiting), no_gc);
  f.line("        gcstopm()").call(sig::gcstopm);
  f.line("        goto top").jump(top);
  f.line("    }");
  f.line("    // safe-point function, timers, finalizers, cgo: left out");
  f.line("    if gp, inheritTime := runqget(_p_); gp != nil {  // local runq");
  f.at(no_gc)
      .call(sig::runqget, {_p_})
      .take(sig::runqget, 0, result)
      .take(sig::runqget, 1, inherit)
      .jump_unless(result, no_local);
  f.line("        return gp, inheritTime").ret();
  f.line("    }");
  f.line("    if sched.runqsize != 0 {  // global runq");
  f.at(no_local).jump_unless(sched_field(go.sched("runqsize")), no_global);
  f.line("        lock(&sched.lock)").call(sig::lock2, {sched_lock});
  f.line("        gp := globrunqget(_p_, 0)").call(sig::globrunqget, {_p_, 0}).take(sig::globrunqget, 0, gp);
  f.line("        unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line("        if gp != nil { return gp, false }")
      .jump_unless(gp, no_global)
      .set(result, gp)
      .set(inherit, 0)
      .ret();
  f.line("    }");
  f.line("    // netpoll: left out, nobody waits for a socket");

  f.line("    procs := uint32(gomaxprocs)").at(no_global).set(procs, [](Frame& x) {
    return x.load(x.symbol("runtime.gomaxprocs"), 4);
  });
  f.line("    if !_g_.m.spinning && 2*atomic.Load(&sched.nmspinning) >= procs-atomic.Load(&sched.npidle) {")
      .jump_if(m_spinning, steal)
      .set(ax, sched_field(nmspinning))
      .jump_unless(
          [=, &npidle](Frame& x) {
            const auto busy = static_cast<std::uint32_t>(x.get(procs) - x.load(sched(x), npidle));
            return 2 * static_cast<std::uint32_t>(x.get(ax)) >= busy;
          },
          steal);
  f.line("        goto stop  // enough Ms look for work already").jump(stop);
  f.line("    }");
  f.line("    if !_g_.m.spinning {").at(steal).jump_if(m_spinning, is_spinning);
  f.line("        _g_.m.spinning = true").store(own_m, spinning, 1);
  f.line("        atomic.Xadd(&sched.nmspinning, 1)").does(add_spinning(1));
  f.line("    }");
  f.line("    for i := 0; i < stealTries; i++ {").at(is_spinning).set(i, 0);
  f.at(pass).jump_if([=](Frame& x) { return x.get(i) >= kStealTries; }, stop);
  f.line("        stealTimersOrRunNextG := i == stealTries-1");
  f.line("        for enum := stealOrder.start(fastrand()); !enum.done(); enum.next() {").does([=](Frame& x) {
    const StealOrder order = steal_order(fastrand(x), static_cast<std::uint32_t>(x.get(procs)));
    x.set(enum_i, 0);
    x.set(enum_pos, order.first);
    x.set(enum_inc, order.stride);
  });
  f.at(look).jump_if([=](Frame& x) { return x.get(enum_i) == x.get(procs); }, end_of_pass);
  f.line("            if sched.gcwaiting != 0 { goto top }").jump_if(sched_field(gcwaiting), top);
  f.line("            p2 := allp[enum.position()]").set(p2, p_at(enum_pos));
  f.line("            if _p_ == p2 { continue }")
      .jump_if([=](Frame& x) { return x.get(_p_) == x.get(p2); }, next_victim);
  f.line("            // on the last pass: run its timers, there are none");
  f.line("            if !idlepMask.read(enum.position()) {")
      .jump_if(
          [=](Frame& x) {
            const std::uint64_t word = x.symbol("runtime.idlepMask") + x.get(enum_pos) / 32 * 4;
            return is_idle(x.load(word, 4), x.get(enum_pos));
          },
          next_victim);
  f.line("                if gp := runqsteal(_p_, p2, stealTimersOrRunNextG); gp != nil {")
      .call(sig::runqsteal, {_p_, p2, [=](Frame& x) { return x.get(i) == kStealTries - 1; }})
      .take(sig::runqsteal, 0, result)
      .jump_unless(result, next_victim);
  f.line("                    return gp, false").set(inherit, 0).ret();
  f.line("                }");
  f.line("            }");
  f.line("        }");
  f.at(next_victim)
      .does([=](Frame& x) {
        x.set(enum_i, x.get(enum_i) + 1);
        x.set(enum_pos, (x.get(enum_pos) + x.get(enum_inc)) % x.get(procs));
      })
      .jump(look);
  f.line("    }");
  f.at(end_of_pass).set(i, [=](Frame& x) { return x.get(i) + 1; }).jump(pass);

  f.line("stop:");
  f.line("    // work for an idle collector: left out");
  f.line("    allpSnapshot := allp").at(stop).set(allp, [](Frame& x) {
    return x.load(x.symbol("runtime.allp"));
  });
  f.line("    idlepMaskSnapshot := idlepMask").set(idle_mask, [](Frame& x) {
    return x.load(x.symbol("runtime.idlepMask"));
  });
  f.line("    lock(&sched.lock)  // give the P back and block").call(sig::lock2, {sched_lock});
  f.line("    if sched.gcwaiting != 0 {").jump_unless(sched_field(gcwaiting), no_late_gc);
  f.line("        unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line("        goto top").jump(top);
  f.line("    }");
  f.line("    if sched.runqsize != 0 {").at(no_late_gc).jump_unless(sched_field(go.sched("runqsize")), idle);
  f.line("        gp := globrunqget(_p_, 0)")
      .call(sig::globrunqget, {_p_, 0})
      .take(sig::globrunqget, 0, result);
  f.line("        unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line("        return gp, false").set(inherit, 0).ret();
  f.line("    }");
  f.line("    if releasep() != _p_ {")
      .at(idle)
      .call(sig::releasep)
      .take(sig::releasep, 0, released)
      .jump_if([=](Frame& x) { return x.get(released) == x.get(_p_); }, right_p);
  f.line("        throw(\"findrunnable: wrong p\")").throws("findrunnable: wrong p");
  f.line("    }");
  f.line("    pidleput(_p_)").at(right_p).call(sig::pidleput, {_p_});
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {sched_lock});

  // From here on somebody who makes a g runnable starts an M for it, since none spins. Who did so a moment
  // ago relied on us: hence the second look.
  f.line("    wasSpinning := _g_.m.spinning").set(wasSpinning, m_spinning);
  f.line("    if _g_.m.spinning {").jump_unless(wasSpinning, not_spinning);
  f.line("        _g_.m.spinning = false").store(own_m, spinning, 0);
  f.line("        if int32(atomic.Xadd(&sched.nmspinning, -1)) < 0 {")
      .jump_unless(add_spinning(~std::uint64_t{0}), not_spinning);
  f.line("            throw(\"findrunnable: negative nmspinning\")")
      .throws("findrunnable: negative nmspinning");
  f.line("        }");
  f.line("    }");
  f.line("    for id, _p_ := range allpSnapshot {  // check all runqueues once again");
  f.at(not_spinning).set(id, 0);
  f.at(recheck).jump_if([=](Frame& x) { return x.get(id) >= x.get(procs); }, park).set(_p_, [=](Frame& x) {
    return x.load(x.get(allp) + x.get(id) * 8);
  });
  f.line("        if !idlepMaskSnapshot.read(uint32(id)) && !runqempty(_p_) {")
      .jump_if([=](Frame& x) { return is_idle(x.get(idle_mask) >> x.get(id) / 32 * 32, x.get(id)); }, next_p)
      // runqempty: the three are one moment's only if the tail has not moved meanwhile.
      .at(empty)
      .set(ax, [=](Frame& x) { return x.load(x.get(_p_), go.p("runqhead")); })
      .set(tail, [=](Frame& x) { return x.load(x.get(_p_), go.p("runqtail")); })
      .set(next, [=](Frame& x) { return x.load(x.get(_p_), go.p("runnext")); })
      .jump_if([=](Frame& x) { return x.load(x.get(_p_), go.p("runqtail")) != x.get(tail); }, empty)
      .jump_if([=](Frame& x) { return x.get(ax) == x.get(tail) && x.get(next) == 0; }, next_p);
  f.line("            lock(&sched.lock)").call(sig::lock2, {sched_lock});
  f.line("            _p_ = pidleget()").call(sig::pidleget).take(sig::pidleget, 0, _p_);
  f.line("            unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line("            if _p_ != nil {").jump_unless(_p_, park);
  f.line("                acquirep(_p_)").call(sig::acquirep, {_p_});
  f.line("                if wasSpinning {").jump_unless(wasSpinning, have_p);
  f.line("                    _g_.m.spinning = true").store(own_m, spinning, 1);
  f.line("                    atomic.Xadd(&sched.nmspinning, 1)").does(add_spinning(1));
  f.line("                }");
  f.line("                goto top").at(have_p).jump(top);
  f.line("            }");
  f.line("            break");
  f.line("        }");
  f.line("    }");
  f.at(next_p).set(id, [=](Frame& x) { return x.get(id) + 1; }).jump(recheck);
  f.line("    // timers again, collector's work again, a blocking netpoll: left out");
  f.line("    stopm()").at(park).call(sig::stopm);
  f.line("    goto top").jump(top);
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
