// The four answers to "which g is this?" as cells: what each says, where it is written, and which of them
// contradicts the others. What they mean is in emu/session/views/which_g.h.
#pragma once

#include <string>

#include "emu/session/views/which_g.h"
#include "ui/panel.h"

namespace gogoscope {

class WhichGPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::which_g;
  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const WhichG& shown() const { return shown_; }

 private:
  /// The line under the name: where it is written, what it was, or why it may differ.
  std::string note_of(const Frame& frame, WhichG::Question question) const;
  void draw_cell(Frame& frame, WhichG::Question question, Rect cell) const;

  WhichG shown_;
};

}  // namespace gogoscope
