// A line to type in, with a lens before it: that of the palette and of the start page.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "ui/panel.h"

namespace gogoscope {

class LineField {
 public:
  /// Replaces the text, as if it had been typed.
  void put(std::string_view text);
  /// For a field that has just appeared: it takes the keyboard anew.
  void open(std::string_view text);
  const char* text() const { return text_.data(); }
  /// Draws it and lets it be typed into; `prompt` is shown while it is empty.
  void draw(Frame& frame, Rect area, const Words& prompt);

 private:
  void take_early_letters();

  std::array<char, 1024> text_{};  ///< what InputText edits
  bool cursor_to_end_ = false;     ///< the text was put there by us
  bool active_ = false;            ///< the keyboard was in the field in the last frame
};

}  // namespace gogoscope
