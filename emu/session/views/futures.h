// The futures of a run side by side: the record as it is, and the branches that leave it.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "emu/history/event.h"
#include "emu/session/session.h"

namespace gogoscope {

struct Future {
  std::optional<int> branch;  ///< none for the record
  std::uint64_t from = 0;     ///< the state in which it leaves the record; of the record, the last such state
  std::uint64_t steps = 0;    ///< of the whole run with this future
  bool by_hand = false;       ///< it begins with an edit or a turn that the user made
  std::optional<Step> first;  ///< its first step
  std::optional<Stop> end;    ///< how it ended; none where it has only been recorded so far
  /// The first event after `from` that the record does not bring, or brings later; none where both tell the
  /// same as far as both go.
  std::optional<Event> differs;
};

/// Keeps what it found: branches are looked at once.
class Futures {
 public:
  /// Runs longer than this are not searched for what differs.
  static constexpr std::uint64_t kMostSteps = 200'000;

  /// The record first, then its branches, the newest first. `events` are those of the record. Cost: for a
  /// branch not yet seen, a copy of the record and the finding of its events.
  std::vector<Future> of(const Trace& trace, const std::vector<Event>& events);

 private:
  struct Known {
    Future future;
    std::vector<Event> events;  ///< from where it leaves the record
  };
  std::map<int, Known> known_;
};

}  // namespace gogoscope
