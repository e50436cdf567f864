// Under which keys a step of a Go program finds its text. What the lessons' texts say is true of Go 1.16 and
// of the lines that are modelled; a program may be of any release. So it has texts of its own, few ones, of
// what is the same in all of them: gogo, mcall, goexit, by what the instruction is, and the events.
#pragma once

#include <string>

#include "scenarios/told/step_keys.h"

namespace gogoscope {

/// "program.gogo.sp": what the instruction at `pc` does there, whatever registers and offsets its release has
/// for it; empty where it is none of those that are told.
std::string instruction_key(const Guest& guest, const MemoryView& memory, CodeAddr pc);

/// The keys of a step that is neither an edit, nor a turn, nor the end of the run.
std::vector<StepKey> program_keys(const Guest& guest, const StateView& after, const Step& step,
                                  const std::vector<Event>& events);

}  // namespace gogoscope
