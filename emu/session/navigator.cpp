#include "emu/session/navigator.h"

#include <algorithm>

#include "emu/layout/stacks.h"
#include "emu/layout/status.h"
#include "emu/session/arrival.h"
#include "emu/session/handoffs.h"

namespace gogoscope {
namespace {

/// How much is recorded at a time where the whole run is asked for.
constexpr std::uint64_t kChunk = 4096;

}  // namespace

Navigator::Navigator(const Trace& trace, Tip* tip)
    : trace_(trace), tip_(tip), cursor_(trace), events_(trace) {}

// ---- events ----

const std::vector<Event>& Navigator::events() {
  follow(trace_.steps());
  return events_.all();
}

void Navigator::follow(std::uint64_t end) {
  const std::uint64_t from = events_.followed();
  do {
    events_.follow(std::min(end, events_.followed() + kWatched));
  } while (events_.followed() < end && goes_on(from, events_.followed(), end));
}

std::vector<const Event*> Navigator::breaks_here() {
  const std::uint64_t here = cursor_.position();
  std::vector<const Event*> out;
  if (here == 0) return out;
  follow(here);
  for (const Event& event : events_of(events_.all(), here - 1)) {
    if (event.as<InvariantBreak>() != nullptr) out.push_back(&event);
  }
  return out;
}

// ---- walking ----

bool Navigator::advance() { return cursor_.forward() || (extend(1) && cursor_.forward()); }

bool Navigator::goes_on(std::uint64_t from, std::uint64_t at, std::uint64_t to) {
  if (watch_ && !given_up_) given_up_ = !watch_({from, at, to});
  return !given_up_;
}

bool Navigator::forward_until(const Test& arrived) {
  const std::uint64_t from = cursor_.position();
  while (advance()) {
    if (arrived()) return true;
    if ((cursor_.position() - from) % kWatched != 0) continue;
    const bool recorded = cursor_.position() < trace_.steps() || tip_ == nullptr;
    if (!goes_on(from, cursor_.position(), recorded ? trace_.steps() : trace_.guest().step_budget))
      return false;
  }
  return false;
}

bool Navigator::back_until(const Test& arrived) {
  const std::uint64_t from = cursor_.position();
  while (cursor_.back()) {
    if (arrived()) return true;
    if ((from - cursor_.position()) % kWatched == 0 && !goes_on(from, cursor_.position(), 0)) return false;
  }
  return false;
}

void Navigator::step_line() {
  forward_until([this] { return at_line_start(); });
}

void Navigator::back_line() {
  back_until([this] { return at_line_start(); });
}

bool Navigator::at_line_start() const { return starts_line(cursor_); }

void Navigator::step_out() {
  const Image& state = cursor_.state();
  const Addr top = state.sp() + trace_.guest().code.sp_delta(state.pc());
  const Entities entities(trace_.guest(), state);
  const auto stack = stack_with_sp(trace_.guest().release->layout, state, entities, state.sp());
  if (!stack) {
    advance();
    return;
  }
  const Addr lo = stack->lo, hi = stack->hi;
  const Addr status = stack->owner->addr + trace_.guest().release->at.g_status;
  const bool dead_before = state.load_or_zero(status, 4) == kGdead;
  forward_until([&] {
    const Addr sp = state.sp();
    if (sp > top && sp <= hi && sp >= lo) return true;
    return !dead_before && state.load_or_zero(status, 4) == kGdead;
  });
}

// ---- running ----

void Navigator::run(const Breakpoints& breakpoints, StopMask mask) {
  const bool at_places = mask.breakpoints && !breakpoints.all().empty();
  if (!at_places) {
    mask.invariants ? run_to_a_break() : run_to_the_end();
    return;
  }
  forward_until([&] { return breakpoints.stop_at(cursor_) || (mask.invariants && !breaks_here().empty()); });
}

void Navigator::run_back(const Breakpoints& breakpoints, StopMask mask) {
  back_until([&] {
    return (mask.breakpoints && breakpoints.stop_at(cursor_)) || (mask.invariants && !breaks_here().empty());
  });
}

void Navigator::run_to_a_break() {
  const std::uint64_t from = cursor_.position();
  const std::uint64_t recorded = trace_.steps();
  do {
    const std::vector<Event>& all = events();
    if (given_up_) return;
    const auto next = std::find_if(
        std::partition_point(all.begin(), all.end(), [&](const Event& e) { return e.step < from; }),
        all.end(), [](const Event& e) { return e.as<InvariantBreak>() != nullptr; });
    if (next == all.end()) continue;
    cursor_.seek(next->step + 1);
    if (cursor_.position() > recorded && !cursor_.at_end()) {
      tip_->cut(cursor_);  // a future that was not asked for
      events_were_cut();
    }
    return;
  } while (extend(kChunk));
  cursor_.seek(trace_.steps());
}

void Navigator::run_to_the_end() {
  const std::uint64_t from = trace_.steps();
  std::uint64_t asked = from;
  while (extend(kChunk)) {
    if (trace_.steps() - asked < kWatched) continue;
    asked = trace_.steps();
    if (!goes_on(from, asked, trace_.guest().step_budget)) return;
  }
  cursor_.seek(trace_.steps());
}

// ---- changing ----

Message Navigator::edit(const Edit& edit) {
  Message wrong = tip_->edit(cursor_, edit);
  if (!wrong.empty()) return wrong;
  events_were_cut();
  cursor_.forward();
  return {};
}

Message Navigator::give_turn(ThreadId thread) {
  Message wrong = tip_->give_turn(cursor_, thread);
  if (!wrong.empty()) return wrong;
  events_were_cut();
  cursor_.forward();
  return {};
}

void Navigator::branch_off(std::uint64_t state) {
  cursor_.seek(state);
  tip_->branch_off(cursor_);
  events_were_cut();
}

void Navigator::go_to_branch(const RunBranch& branch) {
  cursor_.seek(branch.from);
  tip_->go_to_branch(branch.id);
  events_were_cut();
}

}  // namespace gogoscope
