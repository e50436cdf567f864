// The verb `shot`: the window as a PNG file, with no display needed.
#pragma once

#include "scenarios/verbs/verbs.h"

namespace gogoscope {

/// Shows the run as the options say, at the moment where its cursor is, and writes the picture; returns
/// the exit code. What the options name and the run does not have is reported on stderr.
int shoot(OpenedRun run, const ShotOptions& options);

}  // namespace gogoscope
