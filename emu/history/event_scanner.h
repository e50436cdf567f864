// Derives events from the deltas of a trace with the layout tables, at the store that publishes each. No
// modelled line announces an event, so a changed listing cannot lie.
#pragma once

#include <memory>
#include <vector>

#include "emu/history/cursor.h"
#include "emu/history/event.h"

namespace gogoscope {

/// Finds the events of steps, in order of steps.
class EventScanner {
 public:
  /// At state 0 of the trace, with a cursor of its own.
  explicit EventScanner(const Trace& trace);
  ~EventScanner();

  /// Scans up to state `end` (clamped) and appends what it finds. If the trace was truncated below what was
  /// scanned, call restart_at first. Cost: about 10 ns a step without events.
  void scan(std::uint64_t end, std::vector<Event>& out);
  std::uint64_t scanned() const;
  void restart_at(std::uint64_t state);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The events of one step; `before` is at the state before it.
std::vector<Event> events_of_next_step(const Cursor& before);

}  // namespace gogoscope
