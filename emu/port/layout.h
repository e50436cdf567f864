// The struct layouts in force, as text and JSON.
#pragma once

#include <iosfwd>

#include "emu/layout/layout.h"

namespace gogoscope {

void write_layout_text(std::ostream& out, const Layout& layout);
/// {"go":"1.16","source":...,"structs":[{"name":"g","size":376,"fields":[{"name","type","offset","size"}]}]}
void write_layout_json(std::ostream& out, const Layout& layout);

}  // namespace gogoscope
