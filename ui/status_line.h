// The line under the toolbar: in the past or at the tip, what stepping and editing will do there, and the
// last answer worth showing.
#pragma once

#include "ui/panel.h"
#include "ui/player.h"

namespace gogoscope {

class StatusLine {
 public:
  void draw(Frame& frame, Rect rect, const Player& player);
};

}  // namespace gogoscope
