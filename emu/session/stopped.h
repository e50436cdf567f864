// Why a command came to rest where it did: every reason there is at that moment, each with its thread and
// place.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "emu/history/event.h"
#include "emu/history/trace.h"
#include "emu/session/command.h"

namespace gogoscope {

/// The run ended: exit, fault, deadlock, throw. Part of the record.
struct RunEnded {
  Stop stop;
};
/// As many steps were recorded as the guest may make.
struct BudgetSpent {
  std::uint64_t steps = 0;
};
/// A thread has come to the place of a breakpoint, and has not executed what is there.
struct CameToPlace {
  BreakpointId breakpoint;
};
/// The step that led here stored into the field of a breakpoint.
struct FieldWritten {
  BreakpointId breakpoint;
  std::string field;     ///< as it was given
  bool by_edit = false;  ///< by the user, before the instruction at the cause's place
};
struct StopCause {
  ThreadId thread = 0;  ///< that came to the place, or made the step
  CodeAddr pc;          ///< the place, or that of the step
  /// An InvariantBreak is one that the step that led here brought.
  std::variant<RunEnded, BudgetSpent, CameToPlace, FieldWritten, InvariantBreak> what;

  StopReason reason() const;
};

/// What is special about the cause, "runtime.gogo on m0"; empty if its reason says it all.
Message detail(const StopCause& cause, const Code& code);

struct Stopped {
  std::vector<StopCause> causes;  ///< never empty; in the order of StopCause's variant
  StopReason reason() const { return causes.front().reason(); }
  bool has(StopReason reason) const;
};

}  // namespace gogoscope
