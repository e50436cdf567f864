// The bar on top: every command without an argument as a button, drawn from the command table; play; the way
// to the palette; language and theme.
#pragma once

#include "ui/panel.h"
#include "ui/player.h"

namespace gogoscope {

class Toolbar {
 public:
  void draw(Frame& frame, Rect rect, const Player& player);
};

}  // namespace gogoscope
