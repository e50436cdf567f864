// A Binary as bytes: what the process that reads a program sends home. Private to this folder.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "emu/elf/binary.h"

namespace gogoscope {

/// Of a Binary, or of the reason why there is none.
std::string binary_bytes(const std::variant<Binary, Message>& read);

/// The same read back. The bytes come from a process that a hostile file may have taken over: nothing in them
/// is believed. A Binary that is returned is safe to be used: tables are in order, indices have something to
/// point at, sizes are bounded, names can be shown, the layout is sound.
std::variant<Binary, Message> binary_from_bytes(std::string_view bytes);

}  // namespace gogoscope
