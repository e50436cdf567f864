// Locals of the running function that no line has set yet: their words still hold what a former call left.
#pragma once

#include <vector>

#include "emu/session/views/moment.h"

namespace gogoscope {

/// So far back a function's beginning is looked for; of one that began earlier nothing is said.
inline constexpr int kMostStepsOfACall = 4000;

/// Where they are: of the modelled function that the thread shown is in, those that nothing has been stored
/// into since it began. Cost: that of walking back to where it began, 0.1 us a step.
std::vector<Addr> unset_locals(const MomentView& moment);

}  // namespace gogoscope
