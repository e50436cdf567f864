// A run told by the lines of its source. Private to this folder.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>

#include "asm/text/message.h"
#include "emu/history/trace.h"
#include "emu/layout/entities.h"

namespace gogoscope {

/// The g that runs; where several Ms exist, the M before it: "g1", "m0 g1", "m0.g0".
std::string g_and_m(const Guest& guest, const Image& state, const Entities& entities);
/// "pingpong.go:16  ping <- i"; without the text where the file is not there. Empty for no line.
std::string source_text(const Code& code, const LineRef& line);

/// A row for each line of source that begins: state, g, function, line.
void tell_lines(std::ostream& out, const Trace& trace, std::uint64_t from, std::uint64_t to,
                Language language, bool colours);

}  // namespace gogoscope
