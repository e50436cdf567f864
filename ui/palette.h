// What a command needs to be given, for a person who is typing it.
#pragma once

#include <string_view>

#include "asm/text/language.h"
#include "emu/session/command.h"

namespace gogoscope {

/// "a field", "g2.sched.sp".
struct ArgumentHint {
  std::string_view what;
  std::string_view example;
};
ArgumentHint argument_hint(const CommandInfo& command, Language language);

}  // namespace gogoscope
