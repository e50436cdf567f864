#include "ui/panel_text.h"

#include <algorithm>
#include <cmath>

namespace gogoscope {

TextOfPanel::TextOfPanel() {
  before_ = draw::observe_texts([this](std::string_view text, const ImFont* font, ImU32, Rect where) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    // What is scrolled out of sight is not shown.
    const ImVec2 middle = where.center();
    if (text.empty() || middle.y < list->GetClipRectMin().y || middle.y > list->GetClipRectMax().y) return;
    pieces_.push_back({std::string(text), where, font->FontSize * 0.6F});
  });
}

TextOfPanel::~TextOfPanel() { draw::observe_texts(std::move(before_)); }

std::string TextOfPanel::take() {
  std::stable_sort(pieces_.begin(), pieces_.end(),
                   [](const Piece& a, const Piece& b) { return a.where.center().y < b.where.center().y; });
  std::string out;
  for (auto line = pieces_.begin(); line != pieces_.end();) {
    // Texts whose middles are within half a line of each other are on one.
    const float middle = line->where.center().y;
    const float half = line->where.height() / 2;
    const auto end = std::find_if(line, pieces_.end(),
                                  [&](const Piece& piece) { return piece.where.center().y - middle > half; });
    std::stable_sort(line, end, [](const Piece& a, const Piece& b) { return a.where.min.x < b.where.min.x; });
    float x = line->where.min.x;
    for (auto piece = line; piece != end; ++piece) {
      const float gap = piece->where.min.x - x;
      if (piece != line && gap > piece->space * 0.5F) {
        out.append(static_cast<std::size_t>(std::clamp(std::round(gap / piece->space), 1.0F, 40.0F)), ' ');
      }
      out += piece->text;
      x = piece->where.max.x;
    }
    out += '\n';
    line = end;
  }
  return out;
}

}  // namespace gogoscope
