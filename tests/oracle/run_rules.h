// The rules of one P, written down a second time, on lists of the host: what Go 1.16's runqput, runqputslow,
// runqget, globrunqget, gfput, gfget and schedule do when there is one P, one M, and nothing blocks. Shares
// no code with the emulator. A row says which rule made it.
#pragma once

#include "tests/oracle/run_order.h"

namespace gogoscope::oracle {

/// The rows of the program run_waves, by the rules; `schedtick` is what main.main finds.
std::vector<Row> rows_by_the_rules(const Waves& waves, int schedtick);

}  // namespace gogoscope::oracle
