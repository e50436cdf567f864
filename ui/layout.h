// The places of everything: two bars on top, and under them the panels, rows and columns as shares of what is
// left, a splitter in each gap. Panels never get less room than they need: where the window has less, what
// holds them scrolls.
#pragma once

#include <array>

#include "ui/panel.h"

namespace gogoscope {

/// The shares that the user can drag.
struct LayoutShares {
  float story = 0.64F;        ///< of the width of the top row; "which g?" takes the rest
  float upper = 0.50F;        ///< of the height between top row and timeline: code and registers
  float source = 0.30F;       ///< of the width: source
  float disassembly = 0.40F;  ///< of the width: disassembly; the right column takes the rest
  float stacks = 0.44F;       ///< of the width: both stacks; states take the rest up to the right column
  float timeline = 0.16F;     ///< of the height
  bool operator==(const LayoutShares&) const = default;
};

/// A slot that has no place is not shown.
struct Places {
  std::array<Rect, static_cast<std::size_t>(Slot::count)> slots{};

  const Rect& operator[](Slot slot) const { return slots[static_cast<std::size_t>(slot)]; }
  Rect& operator[](Slot slot) { return slots[static_cast<std::size_t>(slot)]; }
  bool shows(Slot slot) const { return (*this)[slot].width() > 0 && (*this)[slot].height() > 0; }
};

struct Bars {
  Rect toolbar;
  Rect status;  ///< the line under the toolbar
  Rect below;   ///< the rest, for panels
};
Bars arrange_bars(Rect window, float scale);

/// What the panels need together: a window of 1024x700 has it.
ImVec2 least_room(float scale);
/// The column of a lesson at the left of `room`, which becomes what is right of it. It stays where it is
/// while panels scroll.
Rect take_lesson_column(Rect& room, float scale);
/// `room` is what is below the bars.
Places arrange(Rect room, const LayoutShares& shares, float scale);

/// Whether a lesson leaves too little width for panels side by side: then the right column is folded under
/// the others, and only the height is more than the window has.
bool folds(Rect room, float scale);
/// What the panels need together, folded; beside a lesson, a window of 1024 has the width.
ImVec2 least_room_folded(float scale);
/// Of a room that folds. Nothing there is dragged.
Places arrange_folded(Rect room, const LayoutShares& shares, float scale);

/// Splitters in the gaps; dragging one changes a share.
void draw_splitters(Frame& frame, const Places& places, LayoutShares& shares);
/// What was read from a file or dragged, brought back to where every panel keeps some room.
LayoutShares within_limits(LayoutShares shares);

}  // namespace gogoscope
