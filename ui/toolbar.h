// The bar on top: every command without an argument as a button, drawn from the command table; a line to
// type the others; language and theme.
#pragma once

#include <array>

#include "ui/panel.h"

namespace gogoscope {

class Toolbar final : public Panel {
 public:
  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

 private:
  float draw_command(Frame& frame, const CommandInfo& command, float x, Rect rect, bool with_label);
  void draw_palette(Frame& frame, float left, float right, Rect rect);

  std::array<char, 256> typed_{};
  bool cursor_to_end_ = false;  ///< the line was begun for the user: type on behind it
};

}  // namespace gogoscope
