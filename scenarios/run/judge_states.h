// Whether what a scenario says of states is true: at places, at the end, at every step.
#pragma once

#include "scenarios/run/around.h"
#include "scenarios/run/runner.h"

namespace gogoscope {

/// At each place of `at`, and that the run gets there.
void judge_places(const Scenario& scenario, const Trace& trace, const Told& told, Verdict& verdict);
/// What `finally` says of the last state.
void judge_last_state(const Scenario& scenario, const Trace& trace, const Told& told, Verdict& verdict);
/// What `always` says of every state. Reports the first step after which it is not true. Where a name has no
/// value, as that of a g that does not exist yet, nothing is asked; but some state must be asked. Cost: below
/// a microsecond a step and comparison.
void judge_always(const Scenario& scenario, const Trace& trace, const Told& told, Verdict& verdict);

}  // namespace gogoscope
