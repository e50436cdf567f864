// The menu of the window, under the three lines of the toolbar: files, how the window looks, help. What a
// narrow toolbar leaves out is here.
#pragma once

#include "ui/panel.h"

namespace gogoscope {

class WindowMenu {
 public:
  /// Draws it while `frame.ui.window_menu` is set, and does what is chosen; clears that then.
  void draw(Frame& frame, Rect window);

 private:
  bool open_ = false;
  std::size_t chosen_ = 0;
};

}  // namespace gogoscope
