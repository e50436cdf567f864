// From WHERE to a moment: searches a finished record for the N-th time the PC is at a place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "emu/history/cursor.h"
#include "emu/session/place.h"

namespace gogoscope {

/// Counts the times the PC comes to one of some addresses, from the start of the run on. An edit leaves the
/// PC where it is and counts no second visit.
class VisitCounter {
 public:
  VisitCounter(std::vector<CodeAddr> addresses, const Trace& trace);

  /// Follows the record until the `visit`-th visit or its tip; true as soon as that visit has come.
  bool reach(int visit);
  int visits() const { return visits_; }
  /// The state in which the last visit begins.
  const Cursor& cursor() const { return cursor_; }

 private:
  void look();
  std::vector<CodeAddr> addresses_;
  Cursor cursor_;
  int visits_ = 0;
};

/// The visit that a place means, at the moment that its expectations are about: what the scenario itself sets
/// there has been set. Nothing if the run does not come there, or the place is none.
std::optional<Cursor> arrival_at(const Place& place, const Trace& trace);

/// The state that a WHERE names, or why there is none.
/// Cost: a walk to that state.
std::variant<std::uint64_t, Message> find_moment(std::string_view where, const Trace& trace);

/// Where a Go program's main.main begins, behind the boot of m0 and what package variables and init functions
/// do; nothing in a run that does not come so far. Cost: a walk to that state.
std::optional<std::uint64_t> start_of_main(const Trace& trace);

/// What find_moment finds a state by: a place and the visit to it, which outlast an edit of the scenario, or,
/// where the state begins no visit, its number. Cost: two walks to that state.
std::string moment_name(std::uint64_t state, const Trace& trace);

}  // namespace gogoscope
