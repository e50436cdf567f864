// The tables of a guest's code as bytes of a trace file, and back. Private to this folder.
#pragma once

#include <optional>
#include <vector>

#include "emu/guest/bytes.h"
#include "emu/guest/guest.h"

namespace gogoscope {

/// Of code with rows of a line table, `with_text` says for each source whether its text is written; beyond 64
/// MB no more is.
void write_code(ByteWriter& w, const Code& code, const std::vector<bool>& with_text);

/// Nothing if the tables are cut off or make no sense: addresses outside the text, sources that are not
/// there.
std::optional<Code> read_code(ByteReader& r, const Region& text, bool has_rows, bool has_inlined);

}  // namespace gogoscope
