// The struct layouts in force, as text and JSON.
#pragma once

#include <iosfwd>
#include <span>

#include "emu/check/applicable.h"
#include "emu/layout/layout.h"

namespace gogoscope {

void write_layout_text(std::ostream& out, const Layout& layout);
/// {"go":"1.16","source":...,"structs":[{"name":"g","size":376,"fields":[{"name","type","offset","size"}]}]}
void write_layout_json(std::ostream& out, const Layout& layout);

/// The layout of a program, and where the lessons' release has each field: what only that has comes at the
/// end of its struct. Behind all structs, which invariants are judged.
void write_layout_beside_text(std::ostream& out, const Layout& layout, const Layout& lesson,
                              std::span<const Applicable> invariants);
/// As write_layout_json, with {"lesson":"1.16"} at the top, "lesson_size" in structs and "lesson_offset" in
/// fields; null where the lessons' release has none; and "invariants": [{"name","judged","why_not"}].
void write_layout_beside_json(std::ostream& out, const Layout& layout, const Layout& lesson,
                              std::span<const Applicable> invariants);

}  // namespace gogoscope
