// A runnable g that is in no queue, or a dead one on no free list, must be held by an M: its
// address is in the registers of an M that is in the scheduler, in the live words of the stack that M is
// on, or hangs by schedlink from one that does.
#include <algorithm>
#include <utility>

#include "emu/check/judges.h"
#include "emu/layout/status.h"

namespace gogoscope::check {
namespace {

/// No stack of a g0 is deeper in use than this; a corrupt SP must not make a step slow.
constexpr std::uint64_t kDeepest = 8192;

/// Looks for gs that Ms hold, until all are found.
class Search {
 public:
  Search(const World& world, std::span<const int> lost) : w_(world), lost_(lost.begin(), lost.end()) {}

  /// Those that no M holds.
  std::vector<int> run() {
    for (const WorldM& m : w_.ms()) {
      if (lost_.empty()) break;
      look_at(m);
    }
    return std::move(lost_);
  }

 private:
  void look_at(const WorldM& m) {
    meet(w_.g_at(w_.pointer(m.at + w_.at().m_lockedg)));  // it waits for its M
    if (!w_.lives(m) || (w_.started(m) && !w_.busy(m))) return;
    for (int r = 0; r <= static_cast<int>(Reg::r15); ++r) meet_word(w_.reg(m, static_cast<Reg>(r)));
    const Addr sp(w_.reg(m, Reg::rsp));
    const int stack = w_.stack_of_thread(m);
    if (stack != kNone && sp.value() % 8 == 0) {
      const Addr top = w_.g(stack).hi;
      meet_words(sp, top.value() - sp.value() > kDeepest ? sp + kDeepest : top);
    }
    if (const int p = w_.p_at(m.p); p != kNone) meet_prepared_slots(w_.p(p));
  }

  bool meet(int g) {
    if (g == kNone || std::ranges::find(met_, g) != met_.end()) return false;
    met_.push_back(g);
    std::erase(lost_, g);
    return true;
  }

  void meet_word(std::uint64_t word) {
    // Whatever hangs from it is held with it: a batch of gs is linked before it is put on a queue. What is on
    // a list is not lost: the chain goes on after its last one.
    for (int i = lost_.empty() ? kNone : w_.g_at(Addr(word)); meet(i);) {
      const int last = w_.g(i).list == kNone ? i : w_.list(w_.g(i).list).gs.back();
      i = w_.g_at(w_.pointer(w_.g(last).at + w_.at().g_schedlink));
    }
  }

  void meet_words(Addr from, Addr to) {
    for (Addr at = from; at < to && !lost_.empty(); at = at + 8) {
      if (const auto word = w_.image().load(at); word && *word != 0) meet_word(*word);
    }
  }

  /// A thief copies into the slots of its own ring that are beyond the tail, and moves the tail afterwards.
  void meet_prepared_slots(const WorldP& p) {
    for (std::uint32_t i = 0; i < kRingSlots / 2 && !lost_.empty(); ++i) {
      const std::uint32_t slot = (p.tail + i) % kRingSlots;
      if (p.ring[slot] == kNone) meet_word(w_.ring_slot(p.at, slot).value());
    }
  }

  const World& w_;
  std::vector<int> lost_;  ///< not found yet
  std::vector<int> met_;
};

}  // namespace

bool is_loose(const WorldG& g) {
  return !g.system && g.queued + g.freed == 0 && (g.status == kGrunnable || g.status == kGdead);
}

void judge_lost(const World& w, std::span<const int> loose, Findings& out) {
  if (loose.empty()) return;
  for (const int i : Search(w, loose).run()) {
    out.broken(Invariant::no_g_is_lost, [&] {
      return reason("{} is {}, is on no list, and no M holds it", "{} 是 {}，不在任何队列里，也没有 M 持有它",
                    w.g_name(i), g_status_word(w.g(i).status));
    });
  }
}

}  // namespace gogoscope::check
