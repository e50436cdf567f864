// All commands and keys on one sheet, from the two tables, and how to read colours and shapes.
#pragma once

#include "ui/panel.h"

namespace gogoscope {

/// Clears `frame.ui.help` when something beside the sheet was pressed. `just_opened`: not in the frame in
/// which it was opened.
void draw_help(Frame& frame, Rect window, bool just_opened);

}  // namespace gogoscope
