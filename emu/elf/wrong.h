// What is said of a file that cannot be read. Private to this folder.
#pragma once

#include <cstdint>
#include <string_view>

#include "asm/text/message.h"

namespace gogoscope {

/// "it is damaged: two segments overlap"
Message damaged(const Message& what);
/// Of a file that ends before its headers say so.
Message cut_off(std::uint64_t has, std::uint64_t needed);

/// Of DWARF that libdw gives up on: "debug_line".
Message damaged_dwarf(std::string_view section);
/// Of a program with C in it.
Message linked_with_c();

}  // namespace gogoscope
