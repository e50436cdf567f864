// Counts beside lists: they agree whenever the lock that guards both is free.
#include <algorithm>

#include "emu/check/judges.h"
#include "emu/layout/release_number.h"

namespace gogoscope::check {
namespace {

using enum Invariant;

/// For as long as they may differ.
enum class Guard : std::uint8_t { none, lock, boot };

void compare(Invariant id, const char* name, std::int64_t count, std::size_t listed, Guard guard,
             Findings& out) {
  if (count == static_cast<std::int64_t>(listed)) return;
  out.untrue(id, guard != Guard::none, [&] {
    Text what = reason("{} is {}, the list has {}", "{} 是 {}，链表里却有 {} 个", name, count, listed);
    if (guard == Guard::lock) return what + reason("; until the lock is released", "；直到锁被放开");
    if (guard == Guard::boot)
      return what + reason("; until there is a goroutine", "；直到有了第一个 goroutine");
    return what;
  });
}

Guard guard_of_lock(const World& w, FieldAt lock) {
  return w.u64(w.sched() + lock) != 0 ? Guard::lock : Guard::none;
}

/// Up to Go 1.15 schedinit calls procresize without the lock: no other thread is there yet.
bool boots_without_lock(const World& w) {
  constexpr int kLast = 15;
  const int number = release_number(w.guest().release->name());
  return number >= 0 && number <= kLast && std::ranges::all_of(w.gs(), &WorldG::system);
}

std::int32_t i32(const World& w, FieldAt field) {
  return static_cast<std::int32_t>(w.u32(w.sched() + field));
}

bool is_in_wakep(const World& w, const WorldM& m) {
  const Function* const function = function_of(w, m);
  return function != nullptr && function->name == "runtime.wakep";
}

}  // namespace

void judge_idle(const World& w, Findings& out) {
  Guard guard = guard_of_lock(w, w.at().s_lock);
  if (guard == Guard::none && boots_without_lock(w)) guard = Guard::boot;
  std::size_t ms = 0, ps = 0;
  for (const WorldM& m : w.ms()) ms += m.on_midle ? 1 : 0;
  for (const WorldP& p : w.ps()) ps += p.on_pidle ? 1 : 0;
  compare(idle_counts_match, "sched.nmidle", i32(w, w.at().s_nmidle), ms, guard, out);
  compare(idle_counts_match, "sched.npidle", i32(w, w.at().s_npidle), ps, guard, out);
}

/// nmspinning goes up before or after m.spinning is set, and down after it is cleared, each in a store of its
/// own. So an M in the scheduler may account for one too many (it does not spin, or not yet) or for one too
/// few (it spins and has not counted itself). So may one in wakep, which a goroutine can call, and which
/// counts the M that it is going to start. An M whose thread has not begun, but that has been given a
/// function to start with and a P to start on, is about to spin.
void judge_spinning(const World& w, Findings& out) {
  std::int64_t spinning = 0, about = 0;
  for (const WorldM& m : w.ms()) {
    const bool spins = w.flag(m.at + w.at().m_spinning);
    spinning += spins ? 1 : 0;
    if (!w.started(m) && !spins && w.u64(m.at + w.at().m_mstartfn) != 0 && w.u64(m.at + w.at().m_nextp) != 0)
      ++about;
  }
  const std::int64_t count = i32(w, w.at().s_nmspinning);
  const std::int64_t difference = count - spinning - about;
  if (difference == 0) return;
  std::int64_t more = 0, fewer = 0;
  for (const WorldM& m : w.ms()) {
    if (!w.started(m) || !w.lives(m)) continue;
    const bool active = w.awake(m) ? w.busy(m) : w.locks(m) > 0;
    if (!active && !is_in_wakep(w, m)) continue;
    ++(w.flag(m.at + w.at().m_spinning) ? fewer : more);
  }
  const bool window = difference <= more && -difference <= fewer;
  out.untrue(nmspinning_counts, window, [&] {
    Text what =
        reason("sched.nmspinning is {}, {} Ms are spinning and {} are about to",
               "sched.nmspinning 是 {}，在自旋的 M 有 {} 个，将要自旋的有 {} 个", count, spinning, about);
    return window ? what + reason("; until an M leaves the scheduler", "；直到某个 M 离开调度器") : what;
  });
}

void judge_counts(const World& w, Findings& out) {
  if (!w.has_sched()) return;
  const Guard locked = guard_of_lock(w, w.at().s_lock);
  const WorldList& runq = w.list(kGlobalRunq);
  compare(runqsize_counts, "sched.runqsize", i32(w, w.at().s_runqsize), runq.gs.size(), locked, out);
  if (runq.stranger) {
    out.broken(queues_hold_runnable_gs, [] {
      return reason("the global run queue leads to something that is not a g of allgs, or in a circle",
                    "全局队列指向不在 allgs 里的东西，或者绕成了圈");
    });
  }
  const WorldList& stack = w.list(kGlobalFreeStack);
  const WorldList& no_stack = w.list(kGlobalFreeNoStack);
  const Guard free_locked = guard_of_lock(w, w.at().s_free_lock);
  if (w.at().s_free_stack_n) {
    compare(free_counts_match, "sched.gFree.stack.size", i32(w, w.at().s_free_stack_n), stack.gs.size(),
            free_locked, out);
    compare(free_counts_match, "sched.gFree.noStack.size", i32(w, w.at().s_free_nostack_n),
            no_stack.gs.size(), free_locked, out);
  } else {
    compare(free_counts_match, "sched.gFree.n", i32(w, w.at().s_free_n), stack.gs.size() + no_stack.gs.size(),
            free_locked, out);
  }
  if (stack.stranger || no_stack.stranger) {
    out.broken(free_lists_hold_dead_gs, [] {
      return reason("sched.gFree leads to something that is not a g of allgs, or in a circle",
                    "sched.gFree 指向不在 allgs 里的东西，或者绕成了圈");
    });
  }
  judge_idle(w, out);
  judge_spinning(w, out);
}

}  // namespace gogoscope::check
