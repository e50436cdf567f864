// Under which keys a step finds its text.
#pragma once

#include <string>
#include <vector>

#include "emu/history/cursor.h"
#include "emu/history/event.h"

namespace gogoscope {

/// The keys that name the place of an instruction: its function, where it is the first of it, and its line by
/// its name in the intact source. A line that a scenario has left out or replaced has none.
std::vector<std::string> place_keys(const Code& code, const Function& function, const Instruction& at);

struct StepKey {
  std::string key;
  const Event* event = nullptr;  ///< whose key it is, if any event's; one of those handed in
};

/// The keys of a step, from the line that it executed to what any such step does.
std::vector<StepKey> step_keys(const Guest& guest, const StateView& after, const Step& step,
                               const std::vector<Event>& events);

}  // namespace gogoscope
