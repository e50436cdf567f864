// What a run earns: the points of the expectations that come true.
#pragma once

#include <vector>

#include "asm/text/language.h"
#include "scenarios/format/scenario.h"
#include "scenarios/run/runner.h"

namespace gogoscope {

/// Says of each failure which grade it belongs to, and counts points. An expectation that has a failure, or a
/// part that has one, earns none. Nor do those about the whole run or its end (always, never, whenever,
/// within, finally) where the run has not ended as it should, `ended`: a run that is cut short breaks few of
/// them.
void grade(const Scenario& scenario, bool ended, Verdict& verdict);

/// Each grade of the scenario and what it has earned; nothing without a verdict.
std::vector<GradeResult> grades_of(const Scenario& scenario, const Verdict* verdict, Language language);

/// Whether an event of the list is worth points, so that each is judged by itself.
bool events_are_graded(const Scenario& scenario);

}  // namespace gogoscope
