// A command as a person types it: "run-to runtime.gogo", "edit rax = 5".
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "emu/session/command.h"
#include "scenarios/language.h"

namespace gogoscope {

/// The command, or the sentence that says what is wrong with the text.
std::variant<Command, std::string> parse_command(std::string_view text, Language language);

}  // namespace gogoscope
