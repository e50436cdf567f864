#include "emu/check/break_finder.h"

#include <algorithm>

#include "emu/check/judges.h"
#include "emu/check/needs.h"

namespace gogoscope::check {

Breaks::Breaks(const Release& release, std::span<const Event> earlier) {
  for (const InvariantInfo& i : invariants()) {
    mute_[static_cast<std::size_t>(i.id)] = not_applicable(release, i.id).has_value();
  }
  for (const Event& event : earlier) {
    if (const auto* broken = event.as<InvariantBreak>()) mute_[static_cast<std::size_t>(broken->id)] = true;
  }
}

bool Breaks::wants(Invariant id, InvariantState state) const {
  return state == InvariantState::broken && !mute_[static_cast<std::size_t>(id)];
}

void Breaks::note(Invariant id, InvariantState, Text detail) {
  mute_[static_cast<std::size_t>(id)] = true;
  found_.emplace_back(id, std::move(detail));
}

void Breaks::take(std::uint64_t step, ThreadId thread, std::vector<Event>& out) {
  if (found_.empty()) return;
  std::stable_sort(found_.begin(), found_.end(), [](auto& a, auto& b) { return a.first < b.first; });
  for (auto& [id, detail] : found_) {
    out.push_back({step, thread, InvariantBreak{id, info(id).name, std::move(detail)}});
  }
  found_.clear();
}

BreakFinder::BreakFinder(const World& world, std::span<const Event> earlier)
    : world_(world), breaks_(*world.guest().release, earlier) {
  for (std::size_t i = 0; i < world_.gs().size(); ++i) pending_gs_.insert(static_cast<int>(i));
  for (std::size_t i = 0; i < world_.ms().size(); ++i) pending_ms_.insert(static_cast<int>(i));
  for (std::size_t i = 0; i < world_.ps().size(); ++i) pending_ps_.insert(static_cast<int>(i));
  for (std::size_t i = 0; i < world_.ms().size(); ++i) refresh(static_cast<int>(i));
  find_loose();
}

BreakFinder::Glance& BreakFinder::glance_of(int thread) {
  const auto i = static_cast<std::size_t>(thread);
  if (i >= glances_.size()) glances_.resize(i + 1);
  return glances_[i];
}

void BreakFinder::refresh(int m) {
  const WorldM& it = world_.m(m);
  if (it.id < 0 || it.id >= kMaxThreads) return;
  Glance& glance = glance_of(it.id);
  glance = {};
  glance.m = m;
  const int current = world_.g_at(world_.current_g(it));
  if (current == kNone) return;
  const WorldG& g = world_.g(current);
  glance.g = g.addr;
  const std::uint64_t sp = world_.reg(it, Reg::rsp);
  glance.lo = g.lo.value();
  glance.hi = g.hi.value();
  glance.resume = world_.u64(g.at + world_.at().g_sched_pc);
  glance.on_user = !g.system && sp >= glance.lo && sp <= glance.hi;
}

void BreakFinder::find_loose() {
  loose_.clear();
  for (std::size_t i = 0; i < world_.gs().size(); ++i) {
    if (is_loose(world_.gs()[i])) loose_.push_back(static_cast<int>(i));
  }
}

bool BreakFinder::passes(ThreadId thread, bool registers) const {
  if (thread >= glances_.size()) return true;
  const Glance& glance = glances_[thread];
  if (glance.m == kNone) return true;
  if (!glance.settled) return false;
  const Image& state = world_.image();
  if (state.reg(thread, Reg::rip) == glance.resume) return false;
  if (!registers) return true;
  const WorldM& m = world_.m(glance.m);
  const std::uint64_t sp = state.reg(thread, Reg::rsp), bp = state.reg(thread, Reg::rbp);
  return sp >= glance.lo && sp <= glance.hi && (bp == 0 || (bp >= glance.lo && bp <= glance.hi)) &&
         Addr(state.reg(thread, Reg::fs_base)) == m.addr + world_.at().m_tls + 8 &&
         world_.current_g(m) == glance.g;
}

template <class Judge>
void BreakFinder::judge_each(const Marks& touched, Marks& pending, std::size_t end, Judge judge) {
  to_judge_.assign(touched.begin(), touched.end());
  for (const int i : pending) {
    if (!touched.holds(i)) to_judge_.push_back(i);
  }
  pending.clear();
  std::sort(to_judge_.begin(), to_judge_.end());
  for (const int i : to_judge_) {
    if (static_cast<std::size_t>(i) >= end) continue;
    breaks_.take_window();
    judge(i);
    if (breaks_.take_window()) pending.insert(i);
  }
}

void BreakFinder::judge(std::uint64_t step, ThreadId thread, std::vector<Event>& out) {
  const World& w = world_;
  if (w.structs_changed()) {
    find_loose();
    glances_.clear();
  }
  for (const World::Change& change : w.changes()) judge_change(w, change, breaks_);
  const bool sched = w.sched_touched() || sched_pending_ || !w.touched_ms().empty();
  judge_each(w.touched_gs(), pending_gs_, w.gs().size(), [&](int i) { judge_g(w, i, breaks_); });
  judge_each(w.touched_ms(), pending_ms_, w.ms().size(), [&](int i) { judge_m(w, i, breaks_); });
  judge_each(w.touched_ps(), pending_ps_, w.ps().size(), [&](int i) { judge_p(w, i, breaks_); });
  if (sched) {
    breaks_.take_window();
    judge_counts(w, breaks_);
    sched_pending_ = breaks_.take_window();
  }
  judge_threads(thread);
  judge_loose();
  breaks_.take(step, thread, out);
}

/// The registers of the thread that moved, and of those whose g or stack has changed under them.
void BreakFinder::judge_threads(ThreadId moved) {
  const World& w = world_;
  arrived_ = false;
  if (w.threads_touched()) {
    // An M may be gone, or have another place among Ms.
    for (Glance& glance : glances_) glance.m = kNone;
  }
  for (std::size_t i = 0; i < w.ms().size(); ++i) {
    const int m = static_cast<int>(i);
    const WorldM& it = w.m(m);
    if (it.id < 0 || it.id >= kMaxThreads) continue;
    const bool is_it = it.id == moved;
    if (!is_it && !w.threads_touched() && !w.touched_ms().holds(m)) continue;
    const bool was_on_user = glance_of(it.id).on_user;
    refresh(m);
    Glance& glance = glance_of(it.id);
    arrived_ = arrived_ || (glance.on_user && !was_on_user);
    breaks_.take_window();
    judge_thread(w, it, breaks_);
    if (is_it) judge_gobuf(w, it, breaks_);
    glance.settled = !breaks_.take_window();
  }
}

/// Looked for when a g has come to be nowhere, and when an M has let go of what it held.
void BreakFinder::judge_loose() {
  const World& w = world_;
  bool more = false;
  for (const int i : w.touched_gs()) {
    if (static_cast<std::size_t>(i) >= w.gs().size()) continue;
    const auto place = std::ranges::lower_bound(loose_, i);
    const bool known = place != loose_.end() && *place == i;
    if (is_loose(w.g(i)) == known) continue;
    if (known) {
      loose_.erase(place);
    } else {
      loose_.insert(place, i);
      more = true;
    }
  }
  if (more || arrived_ || w.threads_touched()) judge_lost(w, loose_, breaks_);
}

}  // namespace gogoscope::check
