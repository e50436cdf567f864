#include "ui/panels/visible_rows.h"

#include <algorithm>
#include <cmath>

namespace gogoscope {

VisibleRows visible_rows(std::size_t count, float height) {
  VisibleRows rows;
  rows.origin = ImGui::GetCursorScreenPos();
  rows.width = ImGui::GetContentRegionAvail().x;
  rows.height = height;
  ImGui::Dummy({1, static_cast<float>(count) * height});
  const ImDrawList* list = ImGui::GetWindowDrawList();
  const float above = std::floor((list->GetClipRectMin().y - rows.origin.y) / height) - 1;
  const float below = std::ceil((list->GetClipRectMax().y - rows.origin.y) / height) + 1;
  rows.first = std::min(count, static_cast<std::size_t>(std::max(above, 0.0F)));
  rows.last = std::clamp(static_cast<std::size_t>(std::max(below, 0.0F)), rows.first, count);
  return rows;
}

void scroll_to_row(std::size_t row, float height) {
  const float at = static_cast<float>(row) * height;
  const float top = ImGui::GetScrollY();
  const float room = ImGui::GetWindowHeight();
  if (at < top + height || at > top + room - 3 * height) {
    ImGui::SetScrollY(std::max(0.0F, at - room * 0.4F));
  }
}

}  // namespace gogoscope
