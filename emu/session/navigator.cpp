#include "emu/session/navigator.h"

#include <fmt/format.h>

#include <algorithm>

#include "emu/layout/describe.h"
#include "emu/layout/stacks.h"
#include "emu/layout/status.h"
#include "emu/session/arrival.h"
#include "emu/session/handoffs.h"

namespace gogoscope {
namespace {

/// How much is recorded at a time where the whole run is asked for.
constexpr std::uint64_t kChunk = 4096;

}  // namespace

Navigator::Navigator(std::unique_ptr<Trace> trace)
    : trace_(std::move(trace)), cursor_(*trace_), events_(*trace_) {}

bool Navigator::extend(std::uint64_t) { return false; }

Outcome Navigator::give_turn(const std::string&) {
  Outcome outcome;
  outcome.error = "this is an opened record: which thread moved is part of it";
  return outcome;
}

Outcome Navigator::edit(const std::string&) {
  Outcome outcome;
  outcome.error = "this is an opened record: it can be walked, not edited";
  return outcome;
}

const std::vector<Event>& Navigator::events() {
  events_.follow(trace_->steps());
  return events_.all();
}

const Event* Navigator::break_here() {
  const std::uint64_t here = cursor_.position();
  if (here == 0) return nullptr;
  events_.follow(here);
  for (const Event& event : events_of(events_.all(), here - 1)) {
    if (event.as<InvariantBreak>() != nullptr) return &event;
  }
  return nullptr;
}

Outcome Navigator::execute(const Command& command) {
  Outcome outcome;
  outcome.from = cursor_.position();
  bool broke = false;    // a breakpoint
  bool unsound = false;  // an invariant
  switch (command.id) {
    case CommandId::step:
      advance();
      break;
    case CommandId::back:
      cursor_.back();
      break;
    case CommandId::step_line:
      forward_until([this] { return at_line_start(); });
      break;
    case CommandId::back_line:
      back_until([this] { return at_line_start(); });
      break;
    case CommandId::step_out:
      step_out();
      break;
    case CommandId::run:
      if (breakpoints().empty()) {
        unsound = run_to_a_break();
      } else {
        forward_until([&] {
          broke = breakpoints_.stop_at(cursor_);
          unsound = break_here() != nullptr;
          return broke || unsound;
        });
      }
      break;
    case CommandId::run_back:
      back_until([this] { return breakpoints_.stop_at(cursor_); });
      break;
    case CommandId::next_event:
      next_event();
      break;
    case CommandId::last_event:
      last_event();
      break;
    case CommandId::next_handoff:
      next_handoff();
      break;
    case CommandId::last_handoff:
      last_handoff();
      break;
    case CommandId::run_to:
      outcome.error = run_to(command.argument);
      break;
    case CommandId::back_to:
      outcome.error = back_to(command.argument);
      break;
    case CommandId::next_write:
      outcome.error = find_write(command.argument, false);
      break;
    case CommandId::last_write:
      outcome.error = find_write(command.argument, true);
      break;
    case CommandId::go_start:
      cursor_.seek(0);
      break;
    case CommandId::go_end:
      cursor_.seek(trace_->steps());
      break;
    case CommandId::toggle_break:
      outcome.error = breakpoints_.toggle(command.argument, cursor_);
      break;
    case CommandId::give_turn:
    case CommandId::edit: {
      const std::uint64_t from = outcome.from;
      outcome = command.id == CommandId::edit ? edit(command.argument) : give_turn(command.argument);
      outcome.from = from;
      outcome.to = cursor_.position();
      return outcome;
    }
  }
  outcome.to = cursor_.position();
  if (info(command.id).backwards || !outcome.error.empty()) return outcome;
  if (cursor_.at_end() && trace_->end()) {
    outcome.stop = *trace_->end();
  } else if (cursor_.at_end() && trace_->steps() >= guest().step_budget) {
    outcome.stop = Stop{StopReason::budget, fmt::format("{} steps were recorded", trace_->steps()), 0};
  } else if (broke) {
    outcome.stop = Stop{StopReason::breakpoint, breakpoints_.reason(cursor_), 0};
  } else if (unsound) {
    const auto& broken = *break_here()->as<InvariantBreak>();
    outcome.stop =
        Stop{StopReason::invariant,
             fmt::format("{}: {} {}", broken.name, info(broken.id).sentence.en, broken.reason.en), 0};
  }
  return outcome;
}

// ---- walking ----

bool Navigator::advance(std::uint64_t chunk) {
  if (cursor_.forward()) return true;
  return extend(chunk) && cursor_.forward();
}

bool Navigator::forward_until(const Test& arrived) {
  while (advance()) {
    if (arrived()) return true;
  }
  return false;
}

bool Navigator::run_to_a_break() {
  const std::uint64_t from = cursor_.position();
  const std::uint64_t recorded = trace_->steps();
  do {
    const std::vector<Event>& all = events();
    const auto next = std::find_if(
        std::partition_point(all.begin(), all.end(), [&](const Event& e) { return e.step < from; }),
        all.end(), [](const Event& e) { return e.as<InvariantBreak>() != nullptr; });
    if (next == all.end()) continue;
    cursor_.seek(next->step + 1);
    if (next->step >= recorded) give_up_future();  // a future that nobody has asked for
    return true;
  } while (extend(kChunk));
  cursor_.seek(trace_->steps());
  return false;
}

void Navigator::run_to_the_end() {
  do {
    cursor_.seek(trace_->steps());
  } while (extend(kChunk));
}

bool Navigator::back_until(const Test& arrived) {
  while (cursor_.back()) {
    if (arrived()) return true;
  }
  return false;
}

bool Navigator::at_line_start() const {
  const Instruction* here = guest().code.instruction_at(cursor_.state().pc());
  if (!here) return true;
  const std::vector<Instruction>& all = guest().code.instructions();
  if (here == all.data()) return true;
  const Instruction& before = *(here - 1);
  return before.function != here->function || before.line != here->line;
}

void Navigator::step_out() {
  const Image& state = cursor_.state();
  const Addr top = state.sp() + guest().code.sp_delta(state.pc());
  const Entities entities(guest(), state);
  const auto stack = stack_with_sp(*guest().layout, state, entities, state.sp());
  if (!stack) {
    advance();
    return;
  }
  const Addr lo = stack->lo, hi = stack->hi;
  const Addr status = stack->owner->addr + guest().layout->field("g", "atomicstatus").offset;
  const bool dead_before = state.load_or_zero(status, 4) == kGdead;
  forward_until([&] {
    const Addr sp = state.sp();
    if (sp > top && sp <= hi && sp > lo) return true;
    return !dead_before && state.load_or_zero(status, 4) == kGdead;
  });
}

// ---- searching ----

void Navigator::next_event() {
  for (;;) {
    const std::vector<Event>& all = events();
    const auto next = std::partition_point(all.begin(), all.end(),
                                           [this](const Event& e) { return e.step < cursor_.position(); });
    if (next != all.end()) {
      cursor_.seek(next->step + 1);
      return;
    }
    cursor_.seek(trace_->steps());
    if (!extend(1)) return;
  }
}

void Navigator::last_event() {
  const std::vector<Event>& all = events();
  const auto here = std::partition_point(all.begin(), all.end(),
                                         [this](const Event& e) { return e.step + 1 < cursor_.position(); });
  cursor_.seek(here == all.begin() ? 0 : std::prev(here)->step + 1);
}

void Navigator::next_handoff() {
  for (std::size_t seen = 0;;) {
    // Looked through anew only where the record has brought events.
    if (const std::vector<Event>& all = events(); all.size() > seen) {
      seen = all.size();
      const std::vector<std::uint64_t> found = handoffs(all);
      const auto next = std::upper_bound(found.begin(), found.end(), cursor_.position());
      if (next != found.end()) {
        cursor_.seek(*next);
        return;
      }
    }
    cursor_.seek(trace_->steps());
    if (!extend(1)) return;
  }
}

void Navigator::last_handoff() {
  const std::vector<std::uint64_t> found = handoffs(events());
  const auto here = std::lower_bound(found.begin(), found.end(), cursor_.position());
  cursor_.seek(here == found.begin() ? 0 : *std::prev(here));
}

std::string Navigator::run_to(const std::string& text) {
  const auto parsed = parse_where(text);
  if (const auto* error = std::get_if<std::string>(&parsed)) return *error;
  const Where& where = std::get<Where>(parsed);
  const std::uint64_t from = cursor_.position();

  if (where.kind == Where::Kind::end) {
    run_to_the_end();
    return {};
  }
  if (where.kind == Where::Kind::state) {
    while (where.state > trace_->steps() && extend(where.state - trace_->steps())) {
    }
    if (where.state > trace_->steps()) {
      return fmt::format("there is no state {}: the run has {} steps", where.state, trace_->steps());
    }
    cursor_.seek(where.state);
    return {};
  }

  const auto resolved = resolve(where.place, guest().code);
  if (const auto* error = std::get_if<std::string>(&resolved)) return *error;
  const auto& places = std::get<std::vector<CodeAddr>>(resolved);
  int to_go = 1;
  if (where.place.counted) {
    cursor_.seek(0);
    to_go = where.place.visit;
  }
  int seen = 0;
  auto here = [&] {
    if (arrives_at(places, cursor_)) ++seen;
    return seen == to_go;
  };
  // A counted visit may be the very start; otherwise the search begins behind where we stand.
  if ((where.place.counted && here()) || forward_until(here)) return {};
  cursor_.seek(from);
  return seen == 0
             ? fmt::format("the run does not come to {}{}", to_string(where), from > 0 ? " from here on" : "")
             : fmt::format("the run comes to {} only {} times", where.place.function, seen);
}

std::string Navigator::back_to(const std::string& text) {
  const auto parsed = parse_where(text);
  if (const auto* error = std::get_if<std::string>(&parsed)) return *error;
  const Where& where = std::get<Where>(parsed);
  if (where.kind != Where::Kind::place || where.place.counted) {
    return "back-to takes a place such as runtime.gogo; run-to goes to states and counted visits";
  }
  const auto resolved = resolve(where.place, guest().code);
  if (const auto* error = std::get_if<std::string>(&resolved)) return *error;
  const auto& places = std::get<std::vector<CodeAddr>>(resolved);
  const std::uint64_t from = cursor_.position();
  const bool found = back_until([&] { return arrives_at(places, cursor_); });
  if (found) return {};
  cursor_.seek(from);
  return fmt::format("the run has not come to {} before this moment", to_string(where));
}

std::string Navigator::find_write(const std::string& field, bool backwards) {
  const auto place = find_field(guest(), cursor_.state(), field);
  if (!place) return fmt::format("there is no field {} at this moment", field);
  const std::uint64_t from = cursor_.position();
  bool found = false;
  if (backwards) {
    // Not the store that has just been made: asking again leads to the one before.
    cursor_.back();
    found = (cursor_.position() > 0 && writes(cursor_.last(), *place)) ||
            back_until([&] { return cursor_.position() > 0 && writes(cursor_.last(), *place); });
  } else {
    found = forward_until([&] { return writes(cursor_.last(), *place); });
  }
  if (found) return {};
  cursor_.seek(from);
  return fmt::format("{} is not written {} here", field, backwards ? "before" : "after");
}

std::unique_ptr<Session> replay_session(std::unique_ptr<Trace> trace) {
  return std::make_unique<Navigator>(std::move(trace));
}

}  // namespace gogoscope
