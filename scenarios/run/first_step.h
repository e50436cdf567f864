// The first step that differs, as reports of failures show it: with the steps around it, and what it changed.
#pragma once

#include "scenarios/run/runner.h"

namespace gogoscope {

/// How many failures of a run are looked into: what is wrong further on mostly follows from them.
inline constexpr std::size_t kShownSteps = 10;

/// Adds the steps to the failures that name one; one that names no moment is of the end. Cost: that of going
/// there, for each.
void show_first_steps(const Trace& trace, Verdict& verdict);

}  // namespace gogoscope
