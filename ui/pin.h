// The goroutine that was chosen: stacks, structs and states show it instead of the one that runs, until it is
// let go of by its chip, "pinned g3 ×", or by Escape.
#pragma once

#include "ui/panel.h"

namespace gogoscope {

/// Draws the chip with its left edge at `x` and its middle at `y`, if a goroutine is pinned; returns the x
/// after it. `name` is that of the area, "pin.status".
float draw_pin(Frame& frame, float x, float y, std::string_view name);
/// How much room it takes; 0 without one.
float pin_width(const Frame& frame);

}  // namespace gogoscope
