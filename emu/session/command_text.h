// Commands as people type them: "run-to runtime.gogo", "edit rax = 5", "412". This is where a text becomes a
// value; after that no command is printed to be read again.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "emu/session/session.h"

namespace gogoscope {

/// A command of a row of the table with the argument as it is typed; or what is wrong with the text. What
/// the names in it mean is not asked, but for breakpoints: a name is a place if there is such a function.
std::variant<Command, Message> parse_command(CommandId id, std::string_view argument, const Code& code);

/// A whole line. A number alone is a state to go to.
std::variant<Command, Message> parse_command(std::string_view line, const Code& code);

/// What parse_command makes this command of: "run-to runtime.gogo".
std::string to_string(const Command& command);

/// Reads and executes. An error of reading is that of the outcome.
Outcome execute(Session& session, CommandId id, std::string_view argument = {});

}  // namespace gogoscope
