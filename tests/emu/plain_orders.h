// Every order of a small guest, found the plain way: each is run from boot, and another thread may get the
// turn before any step whatever. Nothing is shared with emu/explore/ but what a preemption is.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <set>
#include <string>

#include "emu/check/invariant.h"
#include "emu/check/run_events.h"
#include "emu/machine/machine.h"

namespace gogoscope::tests {

/// An end: how it came, and all that threads can find out: registers, memory, which threads sleep, in which
/// order. Where one thread ends the run, it does not matter how far the others have come on their own,
/// between two steps that others notice: their registers and stacks are left out.
inline std::string end_text(const Guest& guest, const StateView& state, const std::string& how) {
  const bool all_rest = how.starts_with("deadlock") || how == "endless";
  std::string out = how + "\n";
  const ThreadTable table = *ThreadTable::of(guest);
  const auto put = [&](std::uint64_t value) { out += fmt::format(" {:x}", value); };
  const int made = table.threads(state);
  for (int i = 0; i < made; ++i) {
    const auto thread = static_cast<ThreadId>(i);
    out += fmt::format("\nm{}", i);
    // Undefined flags are left out by what an instruction defines; these guests use CF and ZF only.
    for (int r = 0; r < kRegCount && (all_rest || thread == state.thread()); ++r) {
      const auto reg = static_cast<Reg>(r);
      put(reg == Reg::rflags ? state.reg(thread, reg) & 0x41 : state.reg(thread, reg));
    }
    const ThreadRow row = table.row(state, thread);
    put(static_cast<std::uint64_t>(row.state));
    if (row.state != ThreadState::asleep) continue;
    put(row.futex.value());
    put(row.deadline);
    std::uint64_t rank = 0;
    for (int k = 0; k < made; ++k) {
      const ThreadRow other = table.row(state, static_cast<ThreadId>(k));
      rank +=
          other.state == ThreadState::asleep && other.futex == row.futex && other.order < row.order ? 1 : 0;
    }
    put(rank);
  }
  out += "\nclock";
  put(table.clock(state));
  const Region& text = *guest.map.find("text");
  const Region& stack = *guest.map.find("stack");
  dynamic_cast<const Image&>(state).for_each_page([&](std::uint32_t n, const std::byte* bytes) {
    for (std::uint32_t i = 0; i < AddressMap::kPage; i += 8) {
      std::uint64_t value = 0;
      std::memcpy(&value, bytes + i, sizeof value);
      const std::uint32_t offset = n * AddressMap::kPage + i;
      if (value == 0 || offset < text.image_offset + text.size) continue;
      if (!all_rest && offset >= stack.image_offset) continue;
      const Addr at = guest.map.addr_at(offset);
      if (table.holds(at) ||
          (at >= table.schedule_addr() && at < table.schedule_addr() + ScheduleWords::kSize)) {
        continue;
      }
      out += fmt::format("\n{:x}:", at.value());
      put(value);
    }
  });
  return out;
}

class PlainOrders {
 public:
  /// The guest's turns are changed on the way.
  PlainOrders(const std::shared_ptr<const Guest>& guest, const std::shared_ptr<const SlotTable>& slots)
      : guest_(const_cast<Guest&>(*guest)),
        table_(*ThreadTable::of(guest_)),
        trace_(guest),
        machine_(guest, slots, trace_) {}

  /// What every order with up to so many preemptions leads to: the stop, and the state there.
  std::set<std::string> ends(int preemptions) {
    ends_.clear();
    from({}, preemptions);
    return ends_;
  }
  std::uint64_t orders() const { return orders_; }

 private:
  static constexpr std::uint32_t kOpen = 200;  ///< steps: no turn of these guests needs so many

  struct Choice {
    ThreadId thread;
    bool expires;
    int costs;
  };
  /// A state of the last turn, and the threads that could move there.
  struct Place {
    std::uint64_t state;
    std::string text;
    std::vector<Choice> choices;
  };

  bool moves(const StateView& state, ThreadId thread) const {
    const ThreadRow row = table_.row(state, thread);
    return row.can_move() || row.wakes_by_itself(table_.clock(state));
  }

  /// The state after the first step that breaks an invariant, and its name.
  std::pair<std::uint64_t, std::string> first_break() const {
    RunEvents events(trace_);
    events.follow(trace_.steps());
    for (const Event& event : events.all()) {
      if (const auto* const what = event.as<InvariantBreak>()) {
        return {event.step + 1, std::string(info(what->id).name)};
      }
    }
    return {~std::uint64_t{0}, ""};
  }

  /// The threads that can move next if that costs `cost`. Time passes for free only where no other can move,
  /// and to the first deadline.
  std::vector<Choice> choices(const StateView& state, int cost, bool with_self) const {
    std::vector<Choice> out;
    std::uint64_t earliest = ~std::uint64_t{0};
    const int made = table_.threads(state);
    for (int i = 0; i < made; ++i) {
      const auto thread = static_cast<ThreadId>(i);
      const ThreadRow row = table_.row(state, thread);
      if (moves(state, thread)) {
        if (thread != state.thread() || with_self) out.push_back({thread, false, cost});
      } else if (row.state == ThreadState::asleep && row.deadline != 0) {
        earliest = std::min(earliest, row.deadline);
      }
    }
    const bool someone = !out.empty();
    for (int i = 0; i < made; ++i) {
      const auto thread = static_cast<ThreadId>(i);
      const ThreadRow row = table_.row(state, thread);
      if (moves(state, thread) || row.state != ThreadState::asleep || row.deadline == 0) continue;
      out.push_back({thread, true, cost == 0 && !someone && row.deadline == earliest ? 0 : 1});
    }
    return out;
  }

  void end(const Cursor& at, const std::string& how) { ends_.insert(end_text(guest_, at.state(), how)); }

  void branch(std::vector<Turn> turns, std::uint64_t start, const Place& place, int left) {
    if (!turns.empty()) turns.back().steps = static_cast<std::uint32_t>(place.state - start);
    for (const Choice& choice : place.choices) {
      if (choice.costs > left) continue;
      turns.push_back({choice.thread, kOpen, choice.expires});
      from(turns, left - choice.costs);
      turns.pop_back();
    }
  }

  /// The orders that begin with these turns; the last one takes as long as it is not taken away.
  void from(const std::vector<Turn>& turns, int left) {
    ++orders_;
    guest_.turns.first = turns;
    machine_.resume_from(Cursor(trace_));
    machine_.run(2 * kOpen);
    Cursor at(trace_);
    for (std::size_t turn = 0; turn < turns.size(); at.forward()) {
      if (at.next().kind == StepKind::thread) ++turn;
    }
    const std::uint64_t start = at.position();
    const bool expired = !turns.empty() && turns.back().expires;
    const auto [broken_at, broken] = first_break();
    // First all of the turn, since what branches off replaces the record.
    std::vector<Place> places;
    for (;; at.forward()) {
      if (at.position() == broken_at) {
        end(at, "breaks " + broken);
        break;
      }
      if (at.at_end() && trace_.end() != nullptr) {
        end(at, std::string(name(trace_.end()->reason)) + " " + trace_.end()->detail.en);
        break;
      }
      const bool goes_on = moves(at.state(), at.state().thread());
      if (at.next().kind == StepKind::thread) {
        places.push_back({at.position(), "", choices(at.state(), 0, goes_on)});
        break;
      }
      std::string text = end_text(guest_, at.state(), "endless");
      const auto seen = std::ranges::find(places, text, &Place::text);
      if (seen != places.end()) {
        // It spins: in each state of the circle others may move for free.
        const std::vector<Choice> free = choices(at.state(), 0, false);
        if (free.empty()) end(at, "endless");
        for (auto place = seen; place != places.end(); ++place) place->choices = free;
        places.push_back({at.position(), std::move(text), free});
        break;
      }
      places.push_back({at.position(), std::move(text), choices(at.state(), 1, false)});
    }
    for (const Place& place : places) {
      // Another one could have been given this turn at once.
      if (place.state == start && !turns.empty() && !expired) continue;
      branch(turns, start, place, left);
    }
  }

  Guest& guest_;
  ThreadTable table_;
  Trace trace_;
  Machine machine_;
  std::set<std::string> ends_;
  std::uint64_t orders_ = 0;
};

}  // namespace gogoscope::tests
