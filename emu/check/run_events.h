// The one stream of a run's events: what its steps did to the scheduler, and which invariants they broke.
// Code that shows, searches, judges or writes events reads this.
#pragma once

#include <memory>
#include <vector>

#include "emu/history/cursor.h"
#include "emu/history/event.h"

namespace gogoscope {

class RunEvents {
 public:
  /// Of no step yet. The trace must outlive it and may grow meanwhile.
  explicit RunEvents(const Trace& trace) : RunEvents(trace, 0) {}
  /// Of no step before `state`.
  RunEvents(const Trace& trace, std::uint64_t state);
  ~RunEvents();

  /// Looks at the steps up to state `end` (clamped) that have not been looked at: a cursor goes over them and
  /// a world follows it. Cost: about 10 ns a step that stores nothing of the scheduler's and leaves SP on its
  /// stack, 0.3 us one that does.
  void follow(std::uint64_t end);
  std::uint64_t followed() const;
  /// The record was cut at a state: the events of later steps are forgotten, and breaks may be found again.
  void cut(std::uint64_t state);

  /// Those found so far in order of steps; of one step, first what happened, then what that broke.
  const std::vector<Event>& all() const { return events_; }

 private:
  struct Scan;

  const Trace& trace_;
  std::vector<Event> events_;
  std::unique_ptr<Scan> scan_;
};

}  // namespace gogoscope
