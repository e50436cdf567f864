// What overlays are drawn on: a window over all others with a dim veil, and on it a sheet.
//
//   begin_surface(frame, window, "help", true);
//   draw_sheet(frame, body);
//   ...
//   if (end_surface(frame, window, body)) close;
#pragma once

#include "ui/panel.h"

namespace gogoscope {

void begin_surface(Frame& frame, Rect window, const char* name, bool veil);
/// True if the mouse was pressed beside the sheet.
bool end_surface(Frame& frame, Rect window, Rect body);

/// The sheet itself, with its shadow.
void draw_sheet(const Frame& frame, Rect body);

/// The keys of a shortcut, "Ctrl+Shift+G", each as a small box; `middle` is their middle. Returns the x after
/// them.
float draw_key_caps(const Frame& frame, float x, float middle, std::string_view shortcut);
float key_caps_width(const Frame& frame, std::string_view shortcut);

}  // namespace gogoscope
