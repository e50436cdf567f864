// Lists of rows of one height, of which only those in sight are drawn: a record may hold 100,000 events and
// a guest millions of bytes.
//
//   const VisibleRows rows = visible_rows(items.size(), frame.px(20));
//   for (std::size_t i = rows.first; i < rows.last; ++i) draw_row(frame, rows.rect(i), items[i]);
#pragma once

#include <cstddef>

#include "ui/registry.h"

namespace gogoscope {

/// The rows [first, last) of a list, one more than is in sight at each end: the keyboard walks along what is
/// drawn, and so can walk on.
struct VisibleRows {
  std::size_t first = 0;
  std::size_t last = 0;
  ImVec2 origin;  ///< of row 0
  float width = 0;
  float height = 0;  ///< of a row

  Rect rect(std::size_t row) const {
    const float y = origin.y + static_cast<float>(row) * height;
    return {{origin.x, y}, {origin.x + width, y + height}};
  }
};

/// Takes the place of `count` rows in the current ImGui window.
VisibleRows visible_rows(std::size_t count, float height);

/// Scrolls the current ImGui window, where needed, so that the row of a list that begins at the window's top
/// is in sight and has some rows around it.
void scroll_to_row(std::size_t row, float height);

}  // namespace gogoscope
