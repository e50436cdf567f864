#include "ui/overlays/overlays.h"

#include "ui/link.h"
#include "ui/overlays/help_overlay.h"
#include "ui/overlays/link_menu.h"
#include "ui/overlays/palette_overlay.h"
#include "ui/overlays/start_page.h"
#include "ui/overlays/window_menu.h"

namespace gogoscope {

struct Overlays::Parts {
  PaletteOverlay palette;
  LinkMenu menu;
  WindowMenu window_menu;
  StartPage start;
  bool help_was_open = false;
};

Overlays::Overlays() : parts_(std::make_unique<Parts>()) {}
Overlays::~Overlays() = default;

bool Overlays::close(UiState& ui) {
  const bool open = any_open(ui);
  ui.palette = ui.help = ui.window_menu = false;
  ui.start = StartMode::none;
  ui.palette_text.clear();
  ui.menu.reset();
  return open;
}

void Overlays::draw(Frame& frame, Rect window) {
  // One at a time: what was asked for last is on top, and the menu of a link is always the last.
  if (frame.ui.menu != nullptr) frame.ui.palette = frame.ui.help = frame.ui.window_menu = false;
  if (frame.ui.palette) frame.ui.help = frame.ui.window_menu = false;
  if (frame.ui.palette || frame.ui.help || frame.ui.window_menu) frame.ui.start = StartMode::none;
  parts_->start.draw(frame, window, frame.ui.recent);
  parts_->palette.draw(frame, window);
  if (frame.ui.help) draw_help(frame, window, !parts_->help_was_open);
  parts_->help_was_open = frame.ui.help;
  parts_->window_menu.draw(frame, window);
  parts_->menu.draw(frame, window);
}

void Overlays::set_library(LibraryMaker maker) { parts_->start.set_library(std::move(maker)); }

void Overlays::reset() {
  parts_->palette = PaletteOverlay();
  parts_->menu = LinkMenu();
}

}  // namespace gogoscope
