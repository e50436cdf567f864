// A command as a person types it: "run-to runtime.gogo", "edit rax = 5", "412".
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "asm/text/language.h"
#include "emu/session/command.h"
#include "ui/view.h"

namespace gogoscope {

/// The command, or the sentence that says what is wrong with the text. A number alone is a state to go to.
std::variant<Command, std::string> parse_command(std::string_view text, Language language);

/// What can be seen to be wrong with a command before it is tried at this moment; empty if nothing is. The
/// session has the last word.
std::string problem_of(const Command& command, const View& view, Language language);

/// What a command wants to be told: "a field", "g2.sched.sp".
struct ArgumentHint {
  std::string_view what;
  std::string_view example;
};
ArgumentHint argument_hint(const CommandInfo& command, Language language);

}  // namespace gogoscope
