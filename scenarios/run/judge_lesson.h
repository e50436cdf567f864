#pragma once

#include "scenarios/run/around.h"
#include "scenarios/run/runner.h"

namespace gogoscope {

/// Fills the lesson in, and plays it with right and with wrong answers: each text must have its values, each
/// question its answer, and the score must follow.
void judge_lesson(const Scenario& scenario, const Trace& trace, const Told& told, Verdict& verdict);

}  // namespace gogoscope
