// Whether the events that a scenario expects come, in their order, and those that it forbids do not.
#pragma once

#include "scenarios/run/around.h"
#include "scenarios/run/runner.h"

namespace gogoscope {

void judge_events(const Scenario& scenario, const Trace& trace, const Told& told, Verdict& verdict);
/// Reports the first event of each that must never come.
void judge_never(const Scenario& scenario, const Told& told, Verdict& verdict);
/// Goroutines that are named, and that no go statement starts.
void judge_goroutines(const Told& told, Verdict& verdict);

}  // namespace gogoscope
