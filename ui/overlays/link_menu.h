// The menu of a link: what can be done with what it refers to.
#pragma once

#include <memory>
#include <vector>

#include "ui/link.h"

namespace gogoscope {

class LinkMenu {
 public:
  /// Draws the menu of `frame.ui.menu` and does what is chosen; clears it then.
  void draw(Frame& frame, Rect window);

 private:
  void choose(Frame& frame, const MenuItem& item);

  std::shared_ptr<Target> shown_;  ///< held, so that the next link is seen to be another
  std::size_t chosen_ = 0;
};

}  // namespace gogoscope
