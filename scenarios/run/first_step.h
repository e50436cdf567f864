// The first step that differs, as reports of failures show it: with the steps around it, and what it changed.
#pragma once

#include "scenarios/run/runner.h"

namespace gogoscope {

/// How many failures of a run are looked into: what is wrong further on mostly follows from them.
inline constexpr std::size_t kShownSteps = 10;

/// Finds for each failure the first step that differs, and adds what there is to show of it. Cost: that of
/// going there, for each; where a state is not as expected, a look at up to 100,000 states, about 0.2 s.
void show_first_steps(const LoadedScenario& loaded, const ScenarioRun& run, Verdict& verdict);

}  // namespace gogoscope
