// What happened in a record, without the invariants that this broke: records made by hand break many.
#pragma once

#include <algorithm>

#include "emu/check/run_events.h"

namespace gogoscope::tests {

inline std::vector<Event> without_breaks(std::vector<Event> events) {
  std::erase_if(events, [](const Event& e) { return e.as<InvariantBreak>() != nullptr; });
  return events;
}

/// Of steps [from, to).
inline std::vector<Event> events_of(const Trace& trace, std::uint64_t from, std::uint64_t to) {
  RunEvents run(trace, from);
  run.follow(to);
  return without_breaks(run.all());
}
inline std::vector<Event> events_of(const Trace& trace) { return events_of(trace, 0, trace.steps()); }

}  // namespace gogoscope::tests
