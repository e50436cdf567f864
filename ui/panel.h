// What a panel is. It reads a View, keeps what it derived from it, and pushes commands; the state of the
// machine is never kept here.
//
// To add a panel: a file in panels/ with a subclass, a line in App's list and a place in layout.cpp.
#pragma once

#include <vector>

#include "emu/session/command.h"
#include "ui/fonts.h"
#include "ui/registry.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/view.h"

namespace gogoscope {

/// What the user chose to see. It is not part of a session and cannot be undone.
struct UiState {
  Language language = Language::en;
  ThemeId theme = ThemeId::dark;
  Addr selected_g;             ///< whose stack to show beside g0's; nil: the current one
  bool scroll_to_now = false;  ///< the moment has changed: bring the current line into sight
  std::string
      line_to_begin;   ///< a key asked for a command that needs words: what the command line starts with
  std::string notice;  ///< the last answer worth telling: an error, a stop
  bool notice_is_error = false;
};

/// What a panel gets each frame.
struct Frame {
  const View& view;
  const Theme& theme;
  const Fonts& fonts;
  UiState& ui;
  std::vector<Command>& commands;  ///< executed after the frame, in order
  WidgetRegistry& widgets;
  float scale = 1;

  std::string_view text(Phrase id) const { return gogoscope::text(id, ui.language); }
  float px(float pixels) const { return pixels * scale; }
};

class Panel {
 public:
  virtual ~Panel() = default;
  /// Derives what is shown from a new moment; called once for each, not for each frame.
  virtual void rebuild(const View& view, const UiState& ui) = 0;
  virtual void draw(Frame& frame, Rect rect) = 0;
};

}  // namespace gogoscope
