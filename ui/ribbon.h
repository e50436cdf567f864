// The ribbon in the gap between source and disassembly: this line became these instructions.
#pragma once

#include "ui/layout.h"

namespace gogoscope {

/// Joins what the two panels noted as "source.current" and "disassembly.line" in this frame; draws nothing
/// while one of them is out of sight.
void draw_ribbon(const Frame& frame, const Places& places);

}  // namespace gogoscope
