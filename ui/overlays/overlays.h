// What is on top of everything: the start page, the palette, the table of commands, the menus of the window
// and of a link. At most one is open; which one is in UiState. While one is open the keys are its own.
#pragma once

#include <memory>

#include "ui/library.h"
#include "ui/panel.h"

namespace gogoscope {

class Overlays {
 public:
  Overlays();
  ~Overlays();

  static bool any_open(const UiState& ui) {
    return ui.palette || ui.help || ui.window_menu || ui.menu != nullptr || ui.start != StartMode::none;
  }
  /// Closes what is open; false if nothing was.
  static bool close(UiState& ui);

  /// Drawn last, over the whole window. `commands` and actions go the usual way.
  void draw(Frame& frame, Rect window);
  /// What makes the library of the start page.
  void set_library(LibraryMaker maker);
  /// A new run was opened: forget what was found in the old one.
  void reset();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace gogoscope
