// What the program has written, a line a row; a click goes to the write that began it. What is not written
// yet at this moment is dimmed.
//
// Texts are made for rows in sight; the lines follow the events of the record as it grows.
#pragma once

#include "emu/session/views/output_lines.h"
#include "ui/panel.h"

namespace gogoscope {

class OutputPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::output;

  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const OutputLines& lines() const { return lines_; }
  /// How many lines have begun.
  std::size_t past() const { return lines_.begun_before(position_); }

 private:
  void draw_row(Frame& frame, std::size_t row, Rect box) const;

  OutputLines lines_;
  std::size_t seen_ = 0;    ///< events of the record that lines_ has
  std::uint64_t cuts_ = 0;  ///< of that record
  std::uint64_t position_ = 0;
  bool moved_ = false;  ///< the moment has changed since the panel was drawn
};

}  // namespace gogoscope
