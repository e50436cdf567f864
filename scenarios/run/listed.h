// A scenario's expectations one by one, each with its answer: what an author reads beside the file.
#pragma once

#include <vector>

#include "scenarios/run/runner.h"
#include "scenarios/told/opened_run.h"

namespace gogoscope {

/// Events, places, `always`, `finally`, `never`, in this order; what else failed comes after them. Cost: that
/// of judging.
std::vector<ListedExpectation> listed(const LoadedScenario& loaded, const ScenarioRun& run);

}  // namespace gogoscope
