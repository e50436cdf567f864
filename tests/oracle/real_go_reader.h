// What the scheduler did, read off a record: of the model, or of a real program that ran in the machine.
#pragma once

#include "emu/history/trace.h"
#include "tests/oracle/real_go.h"

namespace gogoscope::oracle {

/// From the entry of main.main to the end. Throws if the run does not come to main.main. Cost: 0.3 us a step.
Moments moments_of(const Trace& trace);

}  // namespace gogoscope::oracle
