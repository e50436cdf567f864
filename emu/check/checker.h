// Finds the steps at which an invariant breaks, and reports the state of each at a moment. Works on the
// record like EventScanner: it looks at what a step has stored and judges only what that could have changed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "emu/check/invariant.h"
#include "emu/history/cursor.h"
#include "emu/history/event.h"

namespace gogoscope {

class InvariantChecker {
 public:
  /// At state 0 of the trace, with a cursor of its own.
  explicit InvariantChecker(const Trace& trace);
  ~InvariantChecker();

  /// Checks up to state `end` (clamped) and appends an event for each invariant that breaks, at the step that
  /// broke it; each one only the first time in a run. If the trace was cut below what was scanned, call
  /// restart_at first. Cost: about 25 ns a step that stores nothing of the scheduler's, a microsecond a step
  /// that does; nothing grows with the number of gs.
  void scan(std::uint64_t end, std::vector<Event>& out);
  std::uint64_t scanned() const;
  /// Goes on from `state`; breaks at later steps are forgotten.
  void restart_at(std::uint64_t state);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Why an invariant is untrue.
using Reason = Text;

enum class InvariantState : std::uint8_t { holds, window, broken };
std::string_view name(InvariantState state);

struct InvariantReport {
  Invariant id = Invariant::sp_in_tls_g;
  InvariantState state = InvariantState::holds;
  Reason detail;  ///< of a window: why, and how long; of a break: what is wrong
};

/// All invariants at one moment, in the order of the table; those about a change judge the step that led
/// here. Cost: one look at every g, and a copy of an image where the moment is not the start.
std::vector<InvariantReport> invariants_at(const Cursor& at);

}  // namespace gogoscope
