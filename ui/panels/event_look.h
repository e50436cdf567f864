// How each type of event looks: one table for the list of events, the timeline, the story and their words.
// Types can be told without their colour, by a shape and a word.
#pragma once

#include <imgui.h>

#include "emu/history/event.h"
#include "ui/text.h"
#include "ui/theme.h"

namespace gogoscope {

/// Where a shape is drawn: within `r` of `at`, in the window that ImGui draws now.
struct ShapePlace {
  ImVec2 at;
  float r;
  ImU32 ink;
};

struct EventLook {
  EventType type;
  const Words* words;
  Color color;  ///< where it is shown by itself
  int weight;   ///< of marks that would overlap, the heaviest is drawn
  void (*draw)(const ShapePlace& place);
  bool alarming = false;  ///< should not be there
  /// In lists and rows, where only what should not be there stands out.
  Color among_many() const { return alarming ? Color::red : Color::text_soft; }
};

const EventLook& look(EventType type);

}  // namespace gogoscope
