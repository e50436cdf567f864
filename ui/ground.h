// What the panels lie on. Where it has less room than they need it scrolls, both ways, so that a small window
// or large type never makes them overlap.
//
//   const Rect all = ground.begin(frame, room, least_room(scale));
//   ... draw panels within `all` ...
//   ground.end(frame);
#pragma once

#include "ui/panel.h"

namespace gogoscope {

class Ground {
 public:
  /// The area to draw in: `room` itself where that is at least as large as `least`.
  Rect begin(Frame& frame, Rect room, ImVec2 least);
  void end(Frame& frame);
  /// Scrolls as far as needed for this area to be seen, its top left corner before all.
  void bring_into_sight(Rect area) const;
  /// Whether all of the area can be seen at once.
  bool fits(Rect area) const;

 private:
  Rect room_{};
  bool scrolls_ = false;
};

}  // namespace gogoscope
