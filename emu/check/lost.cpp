// A runnable g that is in no queue, or a dead one on no free list, must be held by an M: its
// address is in the registers of an M that is in the scheduler, in the live words of the stack that M is
// on, or hangs by schedlink from one that does.
#include <algorithm>

#include "emu/check/judges.h"
#include "emu/layout/status.h"

namespace gogoscope::check {
namespace {

/// No stack of a g0 is deeper in use than this; a corrupt SP must not make a step expensive.
constexpr std::uint64_t kDeepest = 8192;

void add(const World& w, std::uint64_t word, std::set<int>& hands) {
  // Whatever hangs from it is held with it: a batch of gs is linked before it is put on a queue.
  for (int i = w.g_at(Addr(word)); i != kNone && hands.insert(i).second;) {
    i = w.g_at(w.pointer(w.g(i).at + w.at().g_schedlink));
  }
}

void add_words(const World& w, Addr from, Addr to, std::set<int>& hands) {
  for (Addr at = from; at < to; at = at + 8) {
    if (const auto word = w.image().load(at); word && *word != 0) add(w, *word, hands);
  }
}

/// A thief copies into the slots of its own ring that are beyond the tail, and moves the tail afterwards.
void add_prepared_slots(const World& w, const WorldP& p, std::set<int>& hands) {
  for (std::uint32_t i = 0; i < kRingSlots / 2; ++i) {
    const std::uint32_t slot = (p.tail + i) % kRingSlots;
    if (p.ring[slot] == kNone) add(w, w.u64(p.at + w.at().p_runq + slot * 8), hands);
  }
}

std::set<int> in_hands(const World& w) {
  std::set<int> hands;
  for (const WorldM& m : w.ms()) {
    const Addr locked = w.pointer(m.at + w.at().m_lockedg);
    if (const int g = w.g_at(locked); g != kNone) hands.insert(g);  // it waits for its M
    if (!w.lives(m) || (w.started(m) && !w.busy(m))) continue;
    for (int r = 0; r <= static_cast<int>(Reg::r15); ++r) add(w, w.reg(m, static_cast<Reg>(r)), hands);
    const Addr sp(w.reg(m, Reg::rsp));
    const int stack = w.stack_with_sp(sp);
    if (stack != kNone && sp.value() % 8 == 0) {
      const Addr top = w.g(stack).hi;
      add_words(w, sp, top.value() - sp.value() > kDeepest ? sp + kDeepest : top, hands);
    }
    if (const int p = w.p_at(m.p); p != kNone) add_prepared_slots(w, w.p(p), hands);
  }
  return hands;
}

}  // namespace

bool is_loose(const WorldG& g) {
  return !g.system && g.queued + g.freed == 0 && (g.status == kGrunnable || g.status == kGdead);
}

void judge_lost(const World& w, const std::set<int>& loose, Findings& out) {
  if (loose.empty()) return;
  const std::set<int> hands = in_hands(w);
  for (const int i : loose) {
    if (hands.count(i) != 0) continue;
    out.broken(Invariant::no_g_is_lost, [&] {
      return reason("{} is {}, is on no list, and no M holds it", "{} 是 {}，不在任何队列里，也没有 M 持有它",
                    w.g_name(i), g_status_word(w.g(i).status));
    });
  }
}

}  // namespace gogoscope::check
