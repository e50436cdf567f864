// Where everything stands: one full-screen root, rows and columns as shares of it, a splitter in each gap.
#pragma once

#include "ui/panel.h"

namespace gogoscope {

/// The shares that the user can drag.
struct LayoutShares {
  float upper = 0.58F;         ///< of the height between story and timeline: code and registers
  float source = 0.32F;        ///< of the width of the upper row
  float disassembly = 0.375F;  ///< the same; registers take the rest
  float stacks = 0.61F;        ///< of the width of the lower row; goroutines take the rest
};

struct Places {
  Rect toolbar, story, source, disassembly, registers, stacks, gs, timeline;
};

Places arrange(Rect window, const LayoutShares& shares, float scale);

/// Splitters in the gaps; dragging one changes a share.
void draw_splitters(Frame& frame, const Places& places, LayoutShares& shares);

}  // namespace gogoscope
