// proc.go, runqempty, which Go inlines: does a P have no goroutine in its ring
// and none in runnext?
#pragma once

#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

/// Slots that set RAX to 1 if the queue of `_p_` is empty, else to 0. Head,
/// tail and runnext are read one after the other and the tail once more:
/// runqput may kick runnext into the ring in between, and the queue would look
/// empty though it never was. Uses RAX, RBX, RCX.
void runqempty(GoFunction& f, const Go& go, Var _p_);

}  // namespace gogoscope::runtime
