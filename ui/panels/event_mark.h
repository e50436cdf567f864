// A shape and a word for each type of event, so that types can be told without their colour: the same in the
// list of events and on the timeline.
#pragma once

#include <imgui.h>

#include "emu/history/event.h"
#include "ui/text.h"

namespace gogoscope {

const Words& event_type_words(EventType type);

/// Draws within `r` of `at`, into the current ImGui window.
void draw_event_mark(EventType type, ImVec2 at, float r, ImU32 ink);

}  // namespace gogoscope
