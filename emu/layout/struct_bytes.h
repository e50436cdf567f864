// The structs of a layout as bytes: in a trace file, and on the way from the process that reads a program.
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "emu/guest/bytes.h"
#include "emu/layout/layout.h"

namespace gogoscope {

// More than any release has: what forged bytes say must not cost more.
inline constexpr std::size_t kMostStructs = 256;
inline constexpr std::size_t kMostFields = 4096;  ///< of one struct

void write_structs(ByteWriter& w, const std::vector<StructLayout>& structs);
/// The structs, or what is wrong with them. Whether they make a sound layout, Layout::flaw says.
std::variant<std::vector<StructLayout>, Message> read_structs(ByteReader& r);

/// A name as this program writes it: what shows it need not look at each of its characters.
bool can_be_shown(std::string_view name);
Message unshowable(std::string_view name);

}  // namespace gogoscope
