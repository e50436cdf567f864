// One case, from its file to its result.
#pragma once

#include "asm/text/language.h"
#include "asm/text/message.h"
#include "scenarios/results/result.h"
#include "scenarios/run/runner.h"
#include "scenarios/suite/cases.h"

namespace gogoscope {

/// Of what a student handed in, what is hidden stays hidden unless it is to be shown.
CaseResult run_case(const Case& one, Language language, bool show_hidden = false);

/// The result of a run that is over, of the scenario that the case names.
CaseResult judged_case(const Case& one, const LoadedScenario& scenario, const ScenarioRun& run,
                       Language language, bool show_hidden = false);

/// The result of one that could not be run to its end, and why.
CaseResult broken_case(const Case& one, const Message& why, Language language);

/// The result of one whose process was ended while it ran: broken, or where a student handed it in, nothing
/// earned.
CaseResult ended_case(const Case& one, const Message& why, Language language);

/// What std::bad_alloc means to people.
Message out_of_memory();

}  // namespace gogoscope
