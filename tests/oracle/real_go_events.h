// A run as its events: statuses, queues, lists of dead gs, stack switches, TLS and curg, in order, with the
// goroutines named as in real_go.h. Both a lesson's record and that of a real program have them, derived from
// what the steps stored.
#pragma once

#include "emu/history/trace.h"
#include "tests/oracle/real_go.h"

namespace gogoscope::oracle {

/// From the entry of main.main to the end. Throws if the run does not come to main.main.
Moments scheduler_events(const Trace& trace);

}  // namespace gogoscope::oracle
