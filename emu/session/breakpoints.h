// The breakpoints of a session: set and cleared by place or field, asked at every moment of a run in either
// direction.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "emu/history/cursor.h"
#include "emu/layout/describe.h"
#include "emu/session/stopped.h"

namespace gogoscope {

/// Stops `run` and `run_back`: at a place in the code, before it executes, or just after a step that stored
/// into a field, equal values too.
struct Breakpoint {
  BreakpointId id;                                 ///< never used twice in a session
  std::string text;                                ///< "runtime.gogo+0x23", "g2.sched.sp"
  Place place;                                     ///< in the code; empty if on writes
  std::vector<CodeAddr> addresses;                 ///< of the place; none if on writes
  std::optional<FieldRef> written = std::nullopt;  ///< what the path named when the breakpoint was set
};

class Breakpoints {
 public:
  const std::vector<Breakpoint>& all() const { return all_; }

  /// Each answers what is wrong with the spot at this moment; empty if nothing is.
  Message set(const BreakSpot& spot, const Cursor& at);
  Message clear(const BreakSpot& spot, const Cursor& at);
  Message toggle(const BreakSpot& spot, const Cursor& at);
  Message clear(BreakpointId id);
  /// That there is no such breakpoint; empty if there is.
  Message problem(BreakpointId id) const;

  /// Whether a run stops at this moment. Cost: that of Cursor::last() where one is on writes.
  bool stop_at(const Cursor& at) const;
  /// Everything that makes it stop there: places first.
  std::vector<StopCause> causes(const Cursor& at) const;

 private:
  std::vector<Breakpoint>::iterator find(const Breakpoint& like);
  void add(Breakpoint breakpoint);

  std::vector<Breakpoint> all_;
  int made_ = 0;
};

/// The breakpoint that a spot describes at this moment, without an id; or what is wrong with it.
std::variant<Breakpoint, Message> resolve(const BreakSpot& spot, const Cursor& at);

/// Whether the step stored into any byte of the place.
bool writes(const Step& step, const FieldRef& place);
/// The same of the step that led to a moment, which must not be the first one. Cost: some ns.
bool last_step_writes(const Cursor& at, const FieldRef& place);

}  // namespace gogoscope
