// Who runs whom: M and g, M and P.
#include <fmt/format.h>

#include "emu/check/judges.h"
#include "emu/layout/status.h"

namespace gogoscope::check {
namespace {

using enum Invariant;

void judge_curg(const World& w, const WorldM& m, Findings& out) {
  if (m.curg.is_nil()) return;
  const int g = w.g_at(m.curg);
  if (g == kNone || w.g(g).system) {
    out.broken(g == kNone ? curg_m : g0_stays_idle, [&] {
      return fmt::format("m{}.curg is {}, which is no goroutine of allgs", m.id, w.g_name(m.curg));
    });
    return;
  }
  const Addr owner = w.pointer(w.g(g).at + w.at().g_m);
  if (owner != m.addr) {
    out.untrue(curg_m, w.on_g0(m), [&] {
      return fmt::format("m{}.curg is {}, but {}.m is {}{}", m.id, w.g_name(g), w.g_name(g), w.m_name(owner),
                         w.on_g0(m) ? fmt::format("; until m{} leaves g0", m.id) : "");
    });
  }
  if (w.flag(m.at + w.at().m_spinning)) {
    out.broken(spinning_m_has_no_curg, [&] {
      return fmt::format("m{} is spinning, looking for work, and has {} as curg", m.id, w.g_name(g));
    });
  }
}

void judge_p_of(const World& w, const WorldM& m, Findings& out) {
  if (m.p.is_nil()) return;
  const int p = w.p_at(m.p);
  if (p == kNone) {
    out.broken(m_and_p_agree,
               [&] { return fmt::format("m{}.p is {:#x}, which is no P", m.id, m.p.value()); });
    return;
  }
  if (w.p(p).m != m.addr) {
    out.untrue(m_and_p_agree, w.busy(m), [&] {
      return fmt::format("m{}.p is p{}, but p{}.m is {}{}", m.id, w.p(p).id, w.p(p).id, w.m_name(w.p(p).m),
                         w.busy(m) ? fmt::format("; until m{} leaves the scheduler", m.id) : "");
    });
  }
  for (const WorldM& other : w.ms()) {
    if (other.p != m.p || other.id <= m.id) continue;
    out.broken(m_and_p_agree,
               [&] { return fmt::format("m{} and m{} both have p{}", m.id, other.id, w.p(p).id); });
  }
}

/// An M that is between a P and no P: it may be the one that has let go of a P just now.
const WorldM* with_a_p_in_hand(const World& w) {
  for (const WorldM& m : w.ms()) {
    if ((m.p.is_nil() || w.locks(m) > 0) && w.lives(m) && (w.busy(m) || !w.started(m))) return &m;
  }
  return nullptr;
}

void judge_p_status(const World& w, const WorldP& p, Findings& out) {
  const int m = w.m_at(p.m);
  if (!p.m.is_nil() && (m == kNone || w.m(m).p != p.addr)) {
    const bool window = m != kNone && w.busy(w.m(m));
    out.untrue(m_and_p_agree, window, [&] {
      return fmt::format("p{}.m is {}, but that M has {}{}", p.id, w.m_name(p.m),
                         m == kNone ? "gone" : w.p_name(w.m(m).p),
                         window ? fmt::format("; until {} leaves the scheduler", w.m_name(p.m)) : "");
    });
  }
  const bool wrong = p.m.is_nil() ? p.status == kPrunning : p.status != kPrunning && p.status != kPgcstop;
  if (!wrong) return;
  const WorldM* const hand = p.m.is_nil()                   ? with_a_p_in_hand(w)
                             : m != kNone && w.busy(w.m(m)) ? &w.m(m)
                                                            : nullptr;
  out.untrue(m_and_p_agree, hand != nullptr, [&] {
    return fmt::format("p{} is {} and its M is {}{}", p.id, p_status_word(p.status), w.m_name(p.m),
                       hand != nullptr ? fmt::format("; until m{} leaves the scheduler", hand->id) : "");
  });
}

}  // namespace

void judge_running(const World& w, int i, Findings& out) {
  const WorldG& g = w.g(i);
  if (g.system || (g.status & ~kGscan) != kGrunning) return;
  const int m = w.m_at(w.pointer(g.at + w.at().g_m));
  if (m == kNone || w.m(m).curg != g.addr) {
    out.broken(running_g_has_m_and_p, [&] {
      return fmt::format(
          "{} is running, but {}", w.g_name(i),
          m == kNone ? "has no M" : fmt::format("m{}.curg is {}", w.m(m).id, w.g_name(w.m(m).curg)));
    });
    return;
  }
  if (!w.m(m).p.is_nil()) return;
  // The world is stopped or started on g0, with locks held.
  const bool window = w.on_g0(w.m(m)) && w.locks(w.m(m)) > 0;
  out.untrue(running_g_has_m_and_p, window,
             [&] { return fmt::format("{} is running on m{}, which has no P", w.g_name(i), w.m(m).id); });
}

void judge_lock(const World& w, const WorldM& m, Findings& out) {
  const auto half = [&](const WorldM& on, int g) {
    if (w.on_g0(on)) return true;  // goexit0 unties the two in two stores
    // The g ties itself, in two stores of runtime code.
    const Function* f = w.guest().code.function_at(CodeAddr(w.reg(on, Reg::rip)));
    return g != kNone && w.tls_g(on) == w.g(g).addr && f != nullptr && f->kind != FunctionKind::task;
  };
  const Addr locked = w.pointer(m.at + w.at().m_lockedg);
  if (locked.is_nil()) return;
  const int g = w.g_at(locked);
  const Addr back = g == kNone ? Addr() : w.pointer(w.g(g).at + w.at().g_lockedm);
  if (back == m.addr) return;
  out.untrue(locked_m_and_g_agree, w.lives(m) && half(m, g), [&] {
    return fmt::format("m{}.lockedg is {}, but {}.lockedm is {}", m.id, w.g_name(locked), w.g_name(locked),
                       w.m_name(back));
  });
}

namespace {

void judge_lockedm(const World& w, int i, Findings& out) {
  const WorldG& g = w.g(i);
  const Addr locked = w.pointer(g.at + w.at().g_lockedm);
  if (locked.is_nil()) return;
  const int m = w.m_at(locked);
  const Addr back = m == kNone ? Addr() : w.pointer(w.m(m).at + w.at().m_lockedg);
  if (back == g.addr) return;
  bool window = false;
  if (m != kNone && w.lives(w.m(m))) {
    const Function* f = w.guest().code.function_at(CodeAddr(w.reg(w.m(m), Reg::rip)));
    window = w.tls_g(w.m(m)) == g.addr && f != nullptr && f->kind != FunctionKind::task;
  }
  out.untrue(locked_m_and_g_agree, window, [&] {
    return fmt::format("{}.lockedm is {}, but {}.lockedg is {}", w.g_name(i), w.m_name(locked),
                       w.m_name(locked), w.g_name(back));
  });
}

}  // namespace

void judge_m(const World& w, int i, Findings& out) {
  const WorldM& m = w.m(i);
  judge_curg(w, m, out);
  judge_p_of(w, m, out);
  judge_lock(w, m, out);
  if (w.locks(m) < 0) {
    out.broken(locks_not_negative, [&] { return fmt::format("m{}.locks is {}", m.id, w.locks(m)); });
  }
  if (m.on_midle) {
    const bool has_p = !m.p.is_nil() || w.u64(m.at + w.at().m_nextp) != 0;
    if (has_p || !m.curg.is_nil() || w.flag(m.at + w.at().m_spinning)) {
      out.broken(idle_m_has_nothing, [&] {
        return fmt::format("m{} stands on the list of idle Ms and {}", m.id,
                           has_p              ? "has a P"
                           : !m.curg.is_nil() ? "has a curg"
                                              : "is spinning");
      });
    }
  }
}

void judge_p(const World& w, int i, Findings& out) {
  const WorldP& p = w.p(i);
  judge_p_status(w, p, out);
  if (p.tail - p.head > kRingSlots) {
    out.broken(ring_bounds, [&] {
      return fmt::format("p{}.runqtail - runqhead is {}: the ring has {} slots", p.id, p.tail - p.head,
                         kRingSlots);
    });
  }
  if (p.strangers > 0) {
    out.broken(queues_hold_runnable_gs,
               [&] { return fmt::format("the run queue of p{} holds what is no g of allgs", p.id); });
  }
  if (p.on_pidle && (p.status != kPidle || !p.m.is_nil() || p.head != p.tail || p.runnext != kNone)) {
    out.broken(idle_p_has_no_work, [&] {
      return fmt::format("p{} stands on the list of idle Ps and {}", p.id,
                         p.status != kPidle ? "is " + p_status_word(p.status)
                         : !p.m.is_nil()    ? "has " + w.m_name(p.m)
                                            : "has work");
    });
  }
  const WorldList& free = w.list(kLocalFree + i);
  const auto n = static_cast<std::int32_t>(w.u32(p.at + w.at().p_free_n));
  if (free.stranger) {
    out.broken(free_lists_hold_dead_gs,
               [&] { return fmt::format("p{}.gFree leads to what is no g of allgs, or in a circle", p.id); });
  }
  if (n != static_cast<std::int64_t>(free.gs.size())) {
    const int m = w.m_at(p.m);
    const bool window = m != kNone && w.on_g0(w.m(m));
    out.untrue(free_counts_match, window, [&] {
      return fmt::format("p{}.gFree.n is {}, its list has {}{}", p.id, n, free.gs.size(),
                         window ? fmt::format("; until m{} leaves g0", w.m(m).id) : "");
    });
  }
}

void judge_g(const World& w, int i, Findings& out) {
  const WorldG& g = w.g(i);
  judge_stack(w, i, out);
  if (g.system) {
    if (g.status != 0) {
      out.broken(g0_stays_idle, [&] {
        return fmt::format("{} is {}: a system goroutine has no status but idle", w.g_name(i),
                           g_status_word(g.status));
      });
    }
    return;
  }
  judge_running(w, i, out);
  judge_queued(w, i, out);
  judge_freed(w, i, out);
  judge_lockedm(w, i, out);
}

}  // namespace gogoscope::check
