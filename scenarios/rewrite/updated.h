// A scenario whose expectations are made those of its run, where they differ.
#pragma once

#include <vector>

#include "scenarios/rewrite/edits.h"
#include "scenarios/run/runner.h"

namespace gogoscope {

/// Why expectations cannot follow this run: it broke an invariant that was not to break, stopped otherwise
/// than it was to stop, or could not be carried out. Empty if they can.
Message why_not_updated(const LoadedScenario& loaded, const ScenarioRun& run);

/// What is to be changed in the scenario's file, never in those that it includes: values at places and at the
/// end, relations that no value can save, events that come otherwise or not at all, the exit code, what is
/// written, bounds. Expectations about the whole run (always, never, whenever) and places that are not
/// reached are left to people. Cost: for events that do not come a table of all expected by all that come.
std::vector<TextEdit> update_edits(const LoadedScenario& loaded, const ScenarioRun& run);

}  // namespace gogoscope
