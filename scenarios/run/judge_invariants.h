// Whether the invariants that break are those that a scenario expects.
#pragma once

#include "scenarios/run/around.h"
#include "scenarios/run/runner.h"

namespace gogoscope {

/// Whether `events` of the scenario name such an event. Of events that name no goroutine, as those of
/// invariants.
bool is_expected(const Scenario& scenario, const Event& event, const Guest& guest);

void judge_break(const ExpectedBreak& expected, const Trace& trace, const Told& told, Verdict& verdict);
void judge_invariants(const Scenario& scenario, const Trace& trace, const Told& told, Verdict& verdict);

}  // namespace gogoscope
