// Whether a run has ended as its scenario says.
#pragma once

#include "scenarios/run/around.h"
#include "scenarios/run/runner.h"

namespace gogoscope {

/// Adds what is wrong with the end: its reason, its detail, its place, the process's exit code.
void judge_end(const Scenario& scenario, const Trace& trace, const Told& told, Verdict& verdict);

}  // namespace gogoscope
