#include "ui/ground.h"

#include <algorithm>

#include "ui/imgui_api.h"

namespace gogoscope {

Rect Ground::begin(Frame& frame, Rect room, ImVec2 least) {
  room_ = room;
  scrolls_ = room.width() < least.x || room.height() < least.y;
  if (!scrolls_) return room;
  // A scroll bar along one side takes room from the other.
  const float bar = ImGui::GetStyle().ScrollbarSize;
  const ImVec2 size{std::max(least.x, room.width() - bar), std::max(least.y, room.height() - bar)};
  frame.widgets.note("ground", room);
  ImGui::SetCursorScreenPos(room.min);
  ImGui::SetNextWindowContentSize(size);
  imgui_api::begin_child(
      "ground", {std::max(room.width(), 1.0F), std::max(room.height(), 1.0F)},
      ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_HorizontalScrollbar);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  return {origin, {origin.x + size.x, origin.y + size.y}};
}

void Ground::end(Frame&) {
  if (scrolls_) ImGui::EndChild();
}

bool Ground::fits(Rect area) const {
  const float bar = scrolls_ ? ImGui::GetStyle().ScrollbarSize : 0;
  return area.width() <= room_.width() - bar && area.height() <= room_.height() - bar;
}

void Ground::bring_into_sight(Rect area) const {
  if (!scrolls_) return;
  const float bar = ImGui::GetStyle().ScrollbarSize;
  const auto moved_by = [](float min, float max, float from, float to) {
    if (max > to) return std::min(max - to, min - from);
    return std::min(min - from, 0.0F);
  };
  const float x = moved_by(area.min.x, area.max.x, room_.min.x, room_.max.x - bar);
  const float y = moved_by(area.min.y, area.max.y, room_.min.y, room_.max.y - bar);
  if (x != 0) ImGui::SetScrollX(std::max(ImGui::GetScrollX() + x, 0.0F));
  if (y != 0) ImGui::SetScrollY(std::max(ImGui::GetScrollY() + y, 0.0F));
}

}  // namespace gogoscope
