// The text of a file that people name on the command line, or why there is none.
#pragma once

#include <cstddef>
#include <string>
#include <variant>

#include "asm/text/message.h"

namespace gogoscope {

/// The path that means standard input.
inline constexpr const char* kStandardInput = "-";

/// At most `most` bytes and one more, so that a reader can say that there are too many. Standard input is
/// read once; whatever asks again gets the same text.
std::variant<std::string, Message> read_input(const std::string& path, std::size_t most);

/// Why a path names no file that can be read; empty if it does.
Message why_unreadable(const std::string& path);

}  // namespace gogoscope
