// What a lesson's stop points at, lit on the screen: a frame around its panels, a dot beside its registers
// and fields.
#pragma once

#include <vector>

#include "ui/panel.h"

namespace gogoscope {

/// After the panels: reads where they were drawn. Only at the stop's own moment.
void light_lesson(const Frame& frame);

/// The panels that a stop points at or that show its values, those it names first.
std::vector<PanelId> looked_at(const LessonStop& stop);

/// Brings what a stop points at to the front, the first panel of each slot.
void bring_forward(const LessonStop& stop, UiState& ui);

}  // namespace gogoscope
