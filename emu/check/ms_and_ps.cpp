// Which M runs which g with which P: the links between them.
#include <fmt/format.h>

#include "emu/check/judges.h"
#include "emu/layout/release_number.h"
#include "emu/layout/status.h"
#include "emu/layout/views.h"

namespace gogoscope::check {
namespace {

using enum Invariant;

Text until_it_leaves(std::string_view m) {
  return reason("; until {} leaves the scheduler", "；直到 {} 离开调度器", m);
}
Text until_off_g0(int m) { return reason("; until m{} leaves g0", "；直到 m{} 离开 g0", m); }
std::string name_of(const WorldM& m) { return fmt::format("m{}", m.id); }

void judge_curg(const World& w, const WorldM& m, Findings& out) {
  if (m.curg.is_nil()) return;
  const int g = w.g_at(m.curg);
  if (g == kNone || w.g(g).system) {
    out.broken(g == kNone ? curg_m : g0_stays_idle, [&] {
      return reason("m{}.curg is {}, which is not a goroutine of allgs",
                    "m{}.curg 是 {}，它不是 allgs 里的 goroutine", m.id, w.g_name(m.curg));
    });
    return;
  }
  const Addr owner = w.pointer(w.g(g).at + w.at().g_m);
  if (owner != m.addr) {
    out.untrue(curg_m, w.on_g0(m), [&] {
      return reason("m{0}.curg is {1}, but {1}.m is {2}", "m{0}.curg 是 {1}，{1}.m 却是 {2}", m.id,
                    w.g_name(g), w.m_name(owner)) +
             (w.on_g0(m) ? until_off_g0(m.id) : Text());
    });
  }
  if (w.flag(m.at + w.at().m_spinning)) {
    out.broken(spinning_m_has_no_curg, [&] {
      return reason("m{} is spinning, looking for work, and has {} as curg",
                    "m{} 正在自旋寻找工作，curg 却是 {}", m.id, w.g_name(g));
    });
  }
}

/// From Go 1.26 on it is the status of its g that says that an M is in a system call, not that of its P.
bool g_says_system_call(const World& w) {
  constexpr int kFirst = 26;
  const int number = release_number(w.guest().release->name());
  return number < 0 || number >= kFirst;
}

/// So another M takes its P away, in two stores, while it holds the g's scan bit (syscallingThread.releaseP).
bool is_losing_its_p(const World& w, const WorldM& m) {
  const int g = w.g_at(m.curg);
  return g != kNone && w.g(g).status == (kGscan | kGsyscall) && g_says_system_call(w);
}

void judge_p_of(const World& w, const WorldM& m, Findings& out) {
  if (m.p.is_nil()) return;
  const int p = w.p_at(m.p);
  if (p == kNone) {
    out.broken(m_and_p_agree, [&] {
      return reason("m{}.p is {:#x}, which is not a P", "m{}.p 是 {:#x}，它不是 P", m.id, m.p.value());
    });
    return;
  }
  if (w.p(p).m != m.addr) {
    out.untrue(m_and_p_agree, w.busy(m) || is_losing_its_p(w, m), [&] {
      return reason("m{0}.p is p{1}, but p{1}.m is {2}", "m{0}.p 是 p{1}，p{1}.m 却是 {2}", m.id, w.p(p).id,
                    w.m_name(w.p(p).m)) +
             (w.busy(m) ? until_it_leaves(name_of(m)) : Text());
    });
  }
  for (const WorldM& other : w.ms()) {
    if (other.p != m.p || other.id <= m.id) continue;
    out.broken(m_and_p_agree, [&] {
      return reason("m{} and m{} both have p{}", "m{} 和 m{} 都持有 p{}", m.id, other.id, w.p(p).id);
    });
  }
}

/// An M that is between a P and no P: it may be the one that has only just released a P.
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
      return (m == kNone ? reason("p{}.m is {}, but that M has gone", "p{}.m 是 {}，那个 M 却已不在", p.id,
                                  w.m_name(p.m))
                         : reason("p{}.m is {}, but that M has {}", "p{}.m 是 {}，那个 M 持有的却是 {}", p.id,
                                  w.m_name(p.m), w.p_name(w.m(m).p))) +
             (window ? until_it_leaves(w.m_name(p.m)) : Text());
    });
  }
  const bool wrong = p.m.is_nil() ? p.status == kPrunning : p.status != kPrunning && p.status != kPgcstop;
  if (!wrong) return;
  const WorldM* const hand = p.m.is_nil()                   ? with_a_p_in_hand(w)
                             : m != kNone && w.busy(w.m(m)) ? &w.m(m)
                                                            : nullptr;
  out.untrue(m_and_p_agree, hand != nullptr, [&] {
    return reason("p{} is {} and its M is {}", "p{} 是 {}，它的 M 却是 {}", p.id, p_status_word(p.status),
                  w.m_name(p.m)) +
           (hand != nullptr ? until_it_leaves(name_of(*hand)) : Text());
  });
}

/// And a g is running before it has got a P back at the end of a system call, and still when it has handed
/// its P over at the start of one that blocks (exitsyscall, entersyscallblock in runtime/proc.go).
bool is_in_system_call(const World& w, const WorldG& g) {
  return g_says_system_call(w) &&
         load_field(w.guest().release->layout, w.image(), "g", g.addr, "syscallsp").value_or(0) != 0;
}

}  // namespace

void judge_running(const World& w, int i, Findings& out) {
  const WorldG& g = w.g(i);
  if (g.system || (g.status & ~kGscan) != kGrunning) return;
  const int m = w.m_at(w.pointer(g.at + w.at().g_m));
  if (m == kNone || w.m(m).curg != g.addr) {
    out.broken(running_g_has_m_and_p, [&] {
      return m == kNone ? reason("{} is running, but has no M", "{} 正在运行，却没有 M", w.g_name(i))
                        : reason("{} is running, but m{}.curg is {}", "{} 正在运行，m{}.curg 却是 {}",
                                 w.g_name(i), w.m(m).id, w.g_name(w.m(m).curg));
    });
    return;
  }
  if (!w.m(m).p.is_nil()) return;
  // The world is stopped or started on g0, with locks held.
  const bool window = (w.on_g0(w.m(m)) && w.locks(w.m(m)) > 0) || is_in_system_call(w, g);
  out.untrue(running_g_has_m_and_p, window, [&] {
    return reason("{} is running on m{}, which has no P", "{} 在 m{} 上运行，这个 M 却没有 P", w.g_name(i),
                  w.m(m).id);
  });
}

void judge_lock(const World& w, const WorldM& m, Findings& out) {
  const auto half = [&](const WorldM& on, int g) {
    if (w.on_g0(on)) return true;  // goexit0 unties the two in two stores
    // The g ties itself, in two stores of runtime code.
    const Function* f = w.guest().code.function_at(CodeAddr(w.reg(on, Reg::rip)));
    return g != kNone && w.current_g(on) == w.g(g).addr && f != nullptr && f->kind != FunctionKind::task;
  };
  const Addr locked = w.pointer(m.at + w.at().m_lockedg);
  if (locked.is_nil()) return;
  const int g = w.g_at(locked);
  const Addr back = g == kNone ? Addr() : w.pointer(w.g(g).at + w.at().g_lockedm);
  if (back == m.addr) return;
  out.untrue(locked_m_and_g_agree, w.lives(m) && half(m, g), [&] {
    return reason("m{0}.lockedg is {1}, but {1}.lockedm is {2}", "m{0}.lockedg 是 {1}，{1}.lockedm 却是 {2}",
                  m.id, w.g_name(locked), w.m_name(back));
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
    window = w.current_g(w.m(m)) == g.addr && f != nullptr && f->kind != FunctionKind::task;
  }
  out.untrue(locked_m_and_g_agree, window, [&] {
    return reason("{0}.lockedm is {1}, but {1}.lockedg is {2}", "{0}.lockedm 是 {1}，{1}.lockedg 却是 {2}",
                  w.g_name(i), w.m_name(locked), w.g_name(back));
  });
}

}  // namespace

void judge_m(const World& w, int i, Findings& out) {
  const WorldM& m = w.m(i);
  judge_curg(w, m, out);
  judge_p_of(w, m, out);
  judge_lock(w, m, out);
  if (w.locks(m) < 0) {
    out.broken(locks_not_negative,
               [&] { return reason("m{}.locks is {}", "m{}.locks 是 {}", m.id, w.locks(m)); });
  }
  if (m.on_midle) {
    const bool has_p = !m.p.is_nil() || w.u64(m.at + w.at().m_nextp) != 0;
    if (has_p || !m.curg.is_nil() || w.flag(m.at + w.at().m_spinning)) {
      out.broken(idle_m_has_nothing, [&] {
        return reason("m{} is on the list of idle Ms and ", "m{} 在空闲 M 链表里，", m.id) +
               (has_p              ? reason("has a P", "却有 P")
                : !m.curg.is_nil() ? reason("has a curg", "却有 curg")
                                   : reason("is spinning", "却在自旋"));
      });
    }
  }
}

void judge_p(const World& w, int i, Findings& out) {
  const WorldP& p = w.p(i);
  judge_p_status(w, p, out);
  if (p.tail - p.head > kRingSlots) {
    out.broken(ring_bounds, [&] {
      return reason("p{}.runqtail - runqhead is {}: the ring has {} slots",
                    "p{}.runqtail - runqhead 是 {}：环只有 {} 个槽", p.id, p.tail - p.head, kRingSlots);
    });
  }
  if (p.strangers > 0) {
    out.broken(queues_hold_runnable_gs, [&] {
      return reason("the run queue of p{} holds something that is not a g of allgs",
                    "p{} 的运行队列里有不属于 allgs 的东西", p.id);
    });
  }
  if (p.on_pidle && (p.status != kPidle || !p.m.is_nil() || p.head != p.tail || p.runnext != kNone)) {
    out.broken(idle_p_has_no_work, [&] {
      return reason("p{} is on the list of idle Ps and ", "p{} 在空闲 P 链表里，", p.id) +
             (p.status != kPidle ? reason("is {}", "状态却是 {}", p_status_word(p.status))
              : !p.m.is_nil()    ? reason("has {}", "却有 {}", w.m_name(p.m))
                                 : reason("has work", "却有待执行的工作"));
    });
  }
  const WorldList& free = w.list(kLocalFree + i);
  const auto n = static_cast<std::int32_t>(w.u32(p.at + w.at().p_free_n));
  if (free.stranger) {
    out.broken(free_lists_hold_dead_gs, [&] {
      return reason("p{}.gFree leads to something that is not a g of allgs, or in a circle",
                    "p{}.gFree 指向不在 allgs 里的东西，或者绕成了圈", p.id);
    });
  }
  if (n != static_cast<std::int64_t>(free.gs.size())) {
    const int m = w.m_at(p.m);
    const bool window = m != kNone && w.on_g0(w.m(m));
    out.untrue(free_counts_match, window, [&] {
      return reason("p{}.gFree.n is {}, its list has {}", "p{}.gFree.n 是 {}，链表里却有 {} 个", p.id, n,
                    free.gs.size()) +
             (window ? until_off_g0(w.m(m).id) : Text());
    });
  }
}

void judge_g(const World& w, int i, Findings& out) {
  const WorldG& g = w.g(i);
  judge_stack(w, i, out);
  if (g.system) {
    if (g.status != 0) {
      out.broken(g0_stays_idle, [&] {
        return reason("{} is {}: a g0 or gsignal has no status but idle",
                      "{} 是 {}：g0 和 gsignal 只有 idle 这一个状态", w.g_name(i), g_status_word(g.status));
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
