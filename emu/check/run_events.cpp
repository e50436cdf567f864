#include "emu/check/run_events.h"

#include <algorithm>

#include "emu/check/break_finder.h"
#include "emu/history/delta.h"
#include "emu/history/event_finder.h"

namespace gogoscope {

/// A cursor, the world that follows it, and what reads events and breaks off both.
struct RunEvents::Scan {
  Scan(const Cursor& at, std::span<const Event> earlier)
      : cursor(at), world(at.trace().guest(), cursor.state()), finder(world), breaks(world, earlier) {
    world.clear_touched();
  }

  void step(std::vector<Event>& out) {
    const std::uint64_t k = cursor.position();
    const Image& state = cursor.state();
    const ThreadId thread = state.thread();
    const std::uint64_t sp = state.reg(thread, Reg::rsp);
    std::uint64_t new_sp = sp;
    bool registers = false;
    stores.clear();
    delta::visit(
        cursor.next_record(),
        [&](unsigned reg, std::uint64_t difference) {
          if (reg == static_cast<unsigned>(Reg::rsp)) new_sp ^= difference;
          registers = registers || reg == static_cast<unsigned>(Reg::rbp) ||
                      reg == static_cast<unsigned>(Reg::fs_base) || world.may_hold_g(static_cast<Reg>(reg));
        },
        [&](std::uint32_t offset, unsigned size, std::uint64_t) {
          if (world.watches(offset, size)) stores.push_back({offset, size});
        });
    const bool switches = new_sp != sp && !finder.sp_stays(thread, Addr(new_sp));
    const bool eventful = !stores.empty() || switches || cursor.trace().stop_at(k) != nullptr;
    if (eventful) finder.look(cursor.next());
    cursor.forward();
    for (const Stored& stored : stores) world.stored(stored.offset, stored.size);
    if (eventful) finder.collect(out);
    if (!stores.empty() || !breaks.passes(thread, registers || new_sp != sp)) breaks.judge(k, thread, out);
    if (!stores.empty()) world.clear_touched();
  }

  struct Stored {
    std::uint32_t offset;
    unsigned size;
  };
  Cursor cursor;
  World world;
  EventFinder finder;
  check::BreakFinder breaks;
  std::vector<Stored> stores;  ///< of the next step, to what the world watches
};

RunEvents::RunEvents(const Trace& trace, std::uint64_t state) : trace_(trace) {
  Cursor cursor(trace);
  cursor.seek(state);
  scan_ = std::make_unique<Scan>(cursor, events_);
}

RunEvents::~RunEvents() = default;

void RunEvents::follow(std::uint64_t end) {
  end = std::min(end, trace_.steps());
  while (followed() < end) scan_->step(events_);
}

std::uint64_t RunEvents::followed() const { return scan_->cursor.position(); }

void RunEvents::cut(std::uint64_t state) {
  if (followed() <= state) return;
  const auto later =
      std::partition_point(events_.begin(), events_.end(), [&](const Event& e) { return e.step < state; });
  events_.erase(later, events_.end());
  // A new cursor: the old one may be beyond the end, and the way back from there is gone.
  Cursor cursor(trace_);
  cursor.seek(state);
  scan_ = std::make_unique<Scan>(cursor, events_);
}

}  // namespace gogoscope
