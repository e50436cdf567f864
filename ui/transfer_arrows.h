// Arrows between registers and fields of structs: how mcall saves a gobuf and gogo loads it, move by move.
//
//   rsp  ◂─╮        a load: the head is at the register
//          │
//   sp  ───╯        a save has its head at the field
//
// They run in a margin that the registers and the panel below it keep free on their left, a lane for each
// move. The move of the executed step is orange and thick; those before it in the same activation are dim.
#pragma once

#include <vector>

#include "emu/session/transfers.h"
#include "ui/layout.h"

namespace gogoscope {

/// What panels keep free on their left, unscaled.
inline constexpr float kArrowMargin = 26;

/// Joins the rows of registers and fields that the panels anchored in this frame. Where a row is out of sight
/// its arrow ends with a dot at the edge of the panel. Of many transfers the newest are shown. Call after the
/// panels have been drawn.
void draw_transfer_arrows(Frame& frame, const Places& places, const std::vector<Transfer>& transfers);

}  // namespace gogoscope
