// The one stream of a run's events: what its steps did to the scheduler, and which invariants they broke.
// Code that shows, searches, judges or writes events reads this.
#pragma once

#include <vector>

#include "emu/check/checker.h"
#include "emu/history/event_scanner.h"

namespace gogoscope {

class RunEvents {
 public:
  /// Of no step yet. The trace must outlive it and may grow meanwhile.
  explicit RunEvents(const Trace& trace) : scanner_(trace), checker_(trace) {}

  /// Looks at the steps up to state `end` (clamped) that have not been looked at. Cost: that of scanner and
  /// checker, some 50 ns a step.
  void follow(std::uint64_t end);
  std::uint64_t followed() const { return scanner_.scanned(); }
  /// The record was cut at a state: the events of later steps are forgotten, and breaks may be found again.
  void cut(std::uint64_t state);

  /// Those found so far in order of steps; of one step, first what happened, then what that broke.
  const std::vector<Event>& all() const { return events_; }

 private:
  EventScanner scanner_;
  InvariantChecker checker_;
  std::vector<Event> events_;
};

}  // namespace gogoscope
