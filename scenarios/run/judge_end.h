// Whether a run has ended as its scenario says.
#pragma once

#include "scenarios/run/around.h"
#include "scenarios/run/runner.h"

namespace gogoscope {

/// What of an end is as a scenario says; its place is another matter.
struct EndMatch {
  bool reason = false, detail = false, exit_code = false;
  bool all() const { return reason && detail && exit_code; }
};
/// `stop`: null if the run has spent its budget.
EndMatch match_end(const ExpectedStop& expected, const Stop* stop);

/// Adds what is wrong with the end: its reason, its detail, its place, the process's exit code.
void judge_end(const Scenario& scenario, const Trace& trace, const Told& told, Verdict& verdict);

}  // namespace gogoscope
