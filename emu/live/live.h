// A session that executes at the tip of its record.
#pragma once

#include "emu/machine/program.h"
#include "emu/session/session.h"

namespace gogoscope {

/// The session is at state 0 and has executed nothing. What of a long record is beyond the limits is
/// executed again when it is read. Cost: about 1 ms (an engine is made).
std::unique_ptr<Session> live_session(const Program& program, const RecordLimits& limits = {});

}  // namespace gogoscope
