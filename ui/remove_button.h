// The cross at the end of a row that takes it off its list.
#pragma once

#include <string_view>

#include "ui/panel.h"

namespace gogoscope {

/// Draws it around a point; true if it was pressed. To be drawn before the row's link: what is drawn first
/// gets the mouse.
bool remove_button(Frame& frame, std::string_view name, ImVec2 middle);

}  // namespace gogoscope
