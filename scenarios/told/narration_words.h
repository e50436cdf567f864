// What the words in braces of a narration text mean at one step.
#pragma once

#include <string>

#include "emu/history/trace.h"
#include "emu/layout/describe.h"

namespace gogoscope {

/// An address or a small number in words that need no translation: "g2.stack.hi-40", "runtime.goexit+0x1",
/// "g2".
std::string plain_words(std::uint64_t value, const Guest& guest, const Names& names);

/// The g that a step is about: the function's own gp or newg, the gobuf's in gogo, else the running one.
/// `names` are those of the state after the step.
std::string g_in_question(const Guest& guest, const StateView& before, const StateView& after,
                          const Names& names);

/// What an edit changed, and its value on both sides: "g2.sched.g", "g2", "g3"; empty where it set a register
/// to the value that it had.
struct EditWords {
  std::string what;
  std::string from;
  std::string to;
};
EditWords edit_words(const Step& edit, const Guest& guest, const Names& before, const Names& after);

}  // namespace gogoscope
