// gobuf, g, m, p, schedt as trees, with what the executed step changed. On top, always open, is the gobuf
// in focus: mcall saves it, gogo loads it.
//
// The left margin is kept free for arrows from the registers above; they end at the rows that it anchors
// (ui/anchors.h).
#pragma once

#include <string_view>
#include <vector>

#include "ui/panel.h"
#include "ui/panels/struct_rows.h"

namespace gogoscope {

class StructsPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::structs;
  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const std::vector<StructRow>& rows() const { return rows_; }
  const StructRow* row(std::string_view path) const;
  const FocusGobuf& focus() const { return focus_; }
  /// "written by gogo": what stored to the gobuf in focus, or loads it; empty if nothing does.
  std::string focus_note(Language language) const;

 private:
  void list(const View& view, Language language);
  void show_asked(Frame& frame, float height);
  void draw_row(Frame& frame, const StructRow& row, Rect box);
  void draw_heading(Frame& frame, const StructRow& row, Rect box);
  void draw_field(Frame& frame, const StructRow& row, Rect box);
  void draw_news(Frame& frame, Rect rect, const StructRow& row);
  void draw_focus_note(Frame& frame, float right, float y) const;

  std::vector<StructRow> rows_;
  FocusGobuf focus_;
  const Entity* first_ = nullptr;  ///< of the names of the view: good until the next rebuild
  OpenHeadings headings_;
  std::uint64_t position_ = 0;
  bool moved_ = false;     ///< the moment has changed since the panel was drawn
  std::string sought_;     ///< the row to bring into sight in the next frame
  std::string to_toggle_;  ///< the heading pressed in this frame
};

}  // namespace gogoscope
