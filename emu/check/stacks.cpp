// Stacks of different gs, and the word at the bottom of each.
#include <algorithm>

#include "emu/check/judges.h"
#include "emu/layout/status.h"

namespace gogoscope::check {
namespace {

/// A g0 or gsignal of an M whose thread is over: its stack is freed before the M leaves the list of those to
/// be freed.
bool is_left_over(const World& w, const WorldG& g) {
  if (!g.system) return false;
  const auto m =
      std::find_if(w.ms().begin(), w.ms().end(), [&](const WorldM& it) { return it.id == g.index; });
  return m == w.ms().end() || !w.lives(*m);
}

bool is_live(std::uint32_t status) {
  switch (status & ~kGscan) {
    case kGrunnable:
    case kGrunning:
    case kGsyscall:
    case kGwaiting:
    case kGpreempted:
      return true;
    default:
      return false;
  }
}

void judge_bounds(const World& w, int i, Findings& out) {
  const WorldG& g = w.g(i);
  const bool live = !g.system && is_live(g.status);
  if (!bounds_a_stack(g.lo, g.hi)) {
    if (!live && (g.lo.is_nil() || g.hi.is_nil())) return;  // none, or its bounds are being stored
    out.untrue(Invariant::stacks_are_disjoint, !live, [&] {
      return reason("the stack of {} reaches from {:#x} to {:#x}", "{} 的栈从 {:#x} 到 {:#x}", w.g_name(i),
                    g.lo.value(), g.hi.value());
    });
    return;
  }
  const int other = w.overlapping(i);
  if (other == kNone) return;
  // The garbage collector shrinks a stack while it holds the scan bit.
  const bool moving = (g.status & ~kGscan) == kGcopystack || (g.status & kGscan) != 0 ||
                      (!live && !g.system) || is_left_over(w, g);
  out.untrue(Invariant::stacks_are_disjoint, moving, [&] {
    return reason("the stacks of {} and {} overlap", "{} 和 {} 的栈重叠", w.g_name(i), w.g_name(other));
  });
}

}  // namespace

void judge_stack(const World& w, int i, Findings& out) {
  judge_bounds(w, i, out);
  const WorldG& g = w.g(i);
  if (g.bottom == 0 || !is_live(g.status)) return;
  const Function* const goexit = w.guest().code.function("runtime.goexit");
  if (goexit == nullptr) return;
  const std::uint64_t word = w.u64(g.bottom);
  if (goexit->contains(CodeAddr(word - 1))) return;
  out.broken(Invariant::return_word_in_goexit, [&] {
    return reason("at the bottom of {}'s stack is {}; the call before it is not in goexit",
                  "{} 的栈底是 {}；它前面的那条 CALL 不在 goexit 里", w.g_name(i),
                  w.guest().code.symbolize(CodeAddr(word)));
  });
}

}  // namespace gogoscope::check
