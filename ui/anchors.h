// Where this frame has drawn what something outside of its panel joins: arrows between registers and fields,
// the ribbon between a source line and its machine code, a header that keeps clear of its slot's tabs. Each
// panel leaves the places of its rows here as it draws them, those that are scrolled away too, if it draws
// them.
#pragma once

#include <map>
#include <optional>

#include "emu/guest/address.h"
#include "emu/guest/registers.h"
#include "ui/desk.h"
#include "ui/rect.h"

namespace gogoscope {

struct Anchors {
  std::map<Reg, Rect> registers;
  std::map<Addr, Rect> fields;          ///< of structs, by their addresses
  std::optional<Rect> source_line;      ///< the line that PC is in
  std::optional<Rect> code_of_line;     ///< all instructions of that line
  std::map<Slot, float> right_of_head;  ///< x after what the header of a slot says
  std::map<PanelId, Rect> panels;       ///< those in sight
};

}  // namespace gogoscope
