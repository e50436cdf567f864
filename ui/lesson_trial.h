// A try in a lesson: something is changed, and what comes of it is set beside the run as it was.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "asm/text/message.h"
#include "emu/history/event.h"
#include "emu/history/trace.h"

namespace gogoscope {

/// What became of a run.
struct TrialEnd {
  std::string invariant;    ///< the first that broke; empty if none did
  Text reason;              ///< why it is broken
  std::uint64_t state = 0;  ///< just after the step that broke it; else the last state
  std::string place;        ///< of that step: "runtime.gfput+0x34"
  std::vector<Text> end;    ///< how it ended, in lines
};

/// Of a record from a state on. Cost: a walk to that step.
TrialEnd trial_end(const Trace& trace, const std::vector<Event>& events, std::uint64_t from);

struct Trial {
  std::string what;           ///< "m0.curg = nil", or the file that was opened
  std::uint64_t from = 0;     ///< the state in which it was changed
  std::optional<int> branch;  ///< that keeps the lesson's own run; nothing where another file is shown
  std::optional<TrialEnd> intact, changed;  ///< nothing for an edit by hand, which nobody has run on
};

}  // namespace gogoscope
