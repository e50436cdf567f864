// What of a program's sources a run has been in. Private to this folder.
#pragma once

#include <vector>

#include "emu/history/trace.h"

namespace gogoscope {

/// For each source of the guest's code: whether a line of it, or a function that begins in it, was executed.
/// Cost: a walk over the record.
std::vector<bool> executed_sources(const Trace& trace);

}  // namespace gogoscope
