// How a condition came out, and by which values: "Yes: sched.nmspinning is 0." It is told at the step that
// decides it, of conditional lines of modelled functions and of conditional jumps.
//
// The values are those of the state in which the step found them. Where a condition asks for something that
// has no value in that state (a call, an atomic exchange), or where what the values say is not what the run
// did, nothing is told.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "asm/text/message.h"
#include "emu/history/cursor.h"
#include "emu/layout/describe.h"

namespace gogoscope {

/// One comparison of a condition, as it is written: "sched.npidle != 0", "locked", "!_g_.m.spinning".
struct GoComparison {
  std::string left;
  std::string op;     ///< "==", "!=", "<", "<=", ">", ">="; empty: whether left holds
  std::string right;  ///< empty where there is no op
  bool negated = false;
};

/// The condition of a line of Go.
struct GoCondition {
  int first = 0;     ///< slots of the line before its first comparison: what stands before a semicolon
  bool any = false;  ///< joined by ||, else by &&
  std::vector<GoComparison> comparisons;
};

/// Nothing where the line asks nothing, or asks in a way that is not told.
std::optional<GoCondition> condition_of(std::string_view line);

struct WayTaken {
  bool yes = false;
  Message told;  ///< "Yes: sched.nmspinning is 0."
};

/// Of a step that has just been executed; `before` are the names of the state before it. Nothing where the
/// step decides nothing, or nothing sure can be said.
std::optional<WayTaken> outcome_of(const Guest& guest, const StateView& before, const StateView& after,
                                   const Step& step, const Names& names_before);

}  // namespace gogoscope
