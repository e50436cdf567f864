// Whether what a scenario says of every event of a kind, or of every visit to a place, is true.
#pragma once

#include "scenarios/run/around.h"
#include "scenarios/run/runner.h"

namespace gogoscope {

/// Reports for each expectation the first step that breaks it, and entries that never match. Cost: a walk
/// over the record for each entry, and a look at every struct for each match.
void judge_whenever(const Scenario& scenario, const Trace& trace, const Told& told, Verdict& verdict);

}  // namespace gogoscope
