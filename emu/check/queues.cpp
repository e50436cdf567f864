// What may be on a run queue and on a free list.
#include "emu/check/judges.h"
#include "emu/layout/status.h"

namespace gogoscope::check {
namespace {

using enum Invariant;

/// The bytes of a stack that gfput keeps: _FixedStack.
constexpr std::int64_t kFixedStack = 2048;

Text owner_text(const World& w, const WorldG& g) {
  const Addr m = w.pointer(g.at + w.at().g_m);
  if (!m.is_nil()) return reason("its m is {}", "它的 m 是 {}", w.m_name(m));
  for (const WorldM& it : w.ms()) {
    if (it.curg == g.addr) return reason("it is the curg of m{}", "它是 m{} 的 curg", it.id);
  }
  return {};
}

bool has_owner(const World& w, const WorldG& g) {
  if (w.u64(g.at + w.at().g_m) != 0) return true;
  for (const WorldM& it : w.ms()) {
    if (it.curg == g.addr) return true;
  }
  return false;
}

}  // namespace

void judge_queued(const World& w, int i, Findings& out) {
  const WorldG& g = w.g(i);
  if (g.queued + g.freed > 1) {
    out.broken(g_in_one_queue, [&] {
      return reason("{} is in {} places: {} in run queues, {} on free lists",
                    "{} 同时在 {} 处：运行队列 {} 处，空闲链表 {} 处", w.g_name(i), g.queued + g.freed,
                    g.queued, g.freed);
    });
  }
  if (g.queued == 0) return;
  if (g.status == kGdead) {
    out.broken(dead_g_on_no_run_queue, [&] {
      return reason("{} is dead and on a run queue", "{} 已死，却在运行队列里", w.g_name(i));
    });
  } else if ((g.status & ~kGscan) != kGrunnable) {
    out.broken(queues_hold_runnable_gs, [&] {
      return reason("{} is on a run queue and {}", "{} 在运行队列里，状态却是 {}", w.g_name(i),
                    g_status_word(g.status));
    });
  }
  if (has_owner(w, g)) {
    out.broken(queued_g_has_no_m, [&] {
      return reason("{} is on a run queue and ", "{} 在运行队列里，", w.g_name(i)) + owner_text(w, g);
    });
  }
}

void judge_freed(const World& w, int i, Findings& out) {
  const WorldG& g = w.g(i);
  if (g.freed == 0) return;
  if (g.status != kGdead) {
    out.broken(free_lists_hold_dead_gs, [&] {
      return reason("{} is on a free list and {}", "{} 在空闲链表里，状态却是 {}", w.g_name(i),
                    g_status_word(g.status));
    });
  }
  if (has_owner(w, g)) {
    out.broken(free_g_has_no_m, [&] {
      return reason("{} is on a free list and ", "{} 在空闲链表里，", w.g_name(i)) + owner_text(w, g);
    });
  }
  const bool none = g.lo.is_nil() && g.hi.is_nil();
  const bool fits = g.list == kGlobalFreeNoStack ? none
                    : g.list == kGlobalFreeStack ? g.hi - g.lo == kFixedStack
                                                 : none || g.hi - g.lo == kFixedStack;
  if (!fits) {
    out.broken(free_g_has_small_stack, [&] {
      return reason("{} is on a free list with a stack of {} bytes", "{} 在空闲链表里，带着 {} 字节的栈",
                    w.g_name(i), g.hi - g.lo);
    });
  }
}

}  // namespace gogoscope::check
