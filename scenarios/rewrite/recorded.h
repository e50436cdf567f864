// A scenario with what its run shows written into it: a start, to be pruned.
#pragma once

#include <vector>

#include "scenarios/rewrite/edits.h"
#include "scenarios/run/runner.h"

namespace gogoscope {

/// What is added to the scenario's file: to `events` the changes of status, the handoffs and the exit, from
/// the start of main.main on; to `output` what it wrote; to `at` the moment after each handoff; to `finally`
/// the end of the gs and Ps, and how the run ended. What is there stays: a list in brackets and one that is
/// `exact` are left alone, places and fields that are named already are not named again. Cost: some walks
/// over the record.
std::vector<TextEdit> record_edits(const LoadedScenario& loaded, const ScenarioRun& run);

}  // namespace gogoscope
