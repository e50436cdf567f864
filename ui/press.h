// Named areas that mouse and keyboard can press: buttons, tabs, rows, links.
//
//   const Pressed pressed = frame.press.area("gs.row.g2", rect);
//   if (pressed.primary) ...
//
// The mouse presses what is under it; where areas are inside each other, the one drawn first gets it, so
// draw inner ones first. The keyboard walks the same areas: Tab within a panel, F6 from panel to panel,
// Enter presses, Ctrl+Enter opens the menu. Tests press by name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/registry.h"
#include "ui/theme.h"

namespace gogoscope {

struct Pressed {
  bool hovered = false;
  bool held = false;     ///< the mouse went down here and is still down
  bool focused = false;  ///< it has the keyboard
  bool primary = false;  ///< left click, or Enter
  bool menu = false;     ///< right click, or Ctrl+Enter
};

class Press {
 public:
  struct Area {
    std::string name;
    std::string group;
    Rect rect;
  };

  /// Reads the mouse, and the keys unless something else has them (a text field, an overlay).
  void begin_frame(bool keys_are_ours);
  /// Applies the keys that move the focus, now that it is known what there is.
  void end_frame();

  /// What follows belongs to this panel.
  void group(std::string_view panel) { group_ = panel; }

  /// An area of the current ImGui window. Notes it in `widgets` under its name.
  Pressed area(WidgetRegistry& widgets, const Theme& theme, float scale, std::string_view name, Rect rect);

  /// The areas of the last frame, in the order drawn.
  const std::vector<Area>& areas() const { return areas_; }
  const std::string& focus() const { return focus_; }
  /// Where the area is that the keyboard is on, if it has been drawn in this frame.
  std::optional<Rect> focus_rect() const;
  /// The panel, or another group, that this area belongs to; empty as above.
  std::string_view focus_group() const;
  /// Whether keys are for what is drawn, not for a text field or an overlay.
  bool has_keys() const { return keys_are_ours_; }
  void clear_focus() { focus_.clear(); }
  /// The mouse has been taken by an overlay above everything that is drawn from now on, or given back.
  void block_mouse(bool blocked) { mouse_blocked_ = blocked; }

 private:
  void move_within_group(int by);
  void move_to_group(int by);

  std::vector<Area> areas_;  ///< of this frame, in the order drawn
  std::string group_;
  std::string focus_;  ///< name of the area that has the keyboard; empty: none
  std::string down_;   ///< name of the area in which the mouse went down
  bool down_is_menu_ = false;
  bool claimed_ = false;  ///< an area has the mouse already
  bool mouse_blocked_ = false;
  bool keys_are_ours_ = false;
  bool focus_moved_ = false;  ///< bring the focused area into sight
};

}  // namespace gogoscope
