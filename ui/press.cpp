#include "ui/press.h"

#include <algorithm>

#include "ui/imgui_api.h"

namespace gogoscope {

using imgui_api::Key;

void Press::begin_frame(bool keys_are_ours) {
  keys_are_ours_ = keys_are_ours;
  areas_.clear();
  group_.clear();
  claimed_ = false;
  mouse_blocked_ = false;
}

Pressed Press::area(WidgetRegistry& widgets, const Theme& theme, float scale, std::string_view name,
                    Rect rect) {
  widgets.note(name, rect);
  areas_.push_back({std::string(name), group_, rect});
  Pressed pressed;
  pressed.hovered = !mouse_blocked_ && !claimed_ && ImGui::IsWindowHovered() &&
                    ImGui::IsMouseHoveringRect(rect.min, rect.max);
  if (pressed.hovered) {
    claimed_ = true;
    if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) || ImGui::IsMouseClicked(ImGuiMouseButton_Right)) {
      down_ = name;
      down_is_menu_ = ImGui::IsMouseClicked(ImGuiMouseButton_Right);
      focus_.clear();
    }
    const bool released =
        ImGui::IsMouseReleased(down_is_menu_ ? ImGuiMouseButton_Right : ImGuiMouseButton_Left);
    if (released && down_ == name) {
      pressed.primary = !down_is_menu_;
      pressed.menu = down_is_menu_;
      down_.clear();
    }
  }
  pressed.held = down_ == name && ImGui::IsMouseDown(ImGuiMouseButton_Left);

  if (focus_ == name) {
    pressed.focused = true;
    const ImGuiIO& io = ImGui::GetIO();
    if (keys_are_ours_ && imgui_api::pressed(Key::enter)) {
      pressed.primary = pressed.primary || !io.KeyCtrl;
      pressed.menu = pressed.menu || io.KeyCtrl;
    }
    if (focus_moved_) {
      const ImVec2 origin = ImGui::GetWindowPos();
      const ImVec2 clip_min = ImGui::GetWindowDrawList()->GetClipRectMin();
      const ImVec2 clip_max = ImGui::GetWindowDrawList()->GetClipRectMax();
      if (rect.min.y < clip_min.y || rect.max.y > clip_max.y) {
        ImGui::SetScrollFromPosY(rect.center().y - origin.y, 0.5F);
      }
      focus_moved_ = false;
    }
    ImGui::GetWindowDrawList()->AddRect({rect.min.x - scale, rect.min.y - scale},
                                        {rect.max.x + scale, rect.max.y + scale}, theme[Color::blue],
                                        4 * scale, 0, 2 * scale);
  }
  return pressed;
}

std::optional<Rect> Press::focus_rect() const {
  const auto at =
      std::find_if(areas_.rbegin(), areas_.rend(), [&](const Area& a) { return a.name == focus_; });
  return at == areas_.rend() ? std::nullopt : std::optional(at->rect);
}

std::string_view Press::focus_group() const {
  const auto at =
      std::find_if(areas_.rbegin(), areas_.rend(), [&](const Area& a) { return a.name == focus_; });
  return at == areas_.rend() ? std::string_view() : at->group;
}

void Press::move_within_group(int by) {
  if (areas_.empty()) return;
  const auto at = std::find_if(areas_.begin(), areas_.end(), [&](const Area& a) { return a.name == focus_; });
  const std::string group = at == areas_.end() ? areas_.front().group : at->group;
  std::vector<const Area*> members;
  std::ptrdiff_t here = -1;
  for (const Area& area : areas_) {
    if (area.group != group) continue;
    if (area.name == focus_) here = static_cast<std::ptrdiff_t>(members.size());
    members.push_back(&area);
  }
  const auto count = static_cast<std::ptrdiff_t>(members.size());
  const std::ptrdiff_t to = here < 0 ? (by > 0 ? 0 : count - 1) : (here + by + count) % count;
  focus_ = members[static_cast<std::size_t>(to)]->name;
  focus_moved_ = true;
}

void Press::move_to_group(int by) {
  if (areas_.empty()) return;
  std::vector<const Area*> firsts;  // of each group, in the order drawn
  std::ptrdiff_t here = -1;
  const auto at = std::find_if(areas_.begin(), areas_.end(), [&](const Area& a) { return a.name == focus_; });
  for (const Area& area : areas_) {
    const bool known = std::any_of(firsts.begin(), firsts.end(),
                                   [&](const Area* first) { return first->group == area.group; });
    if (known) continue;
    if (at != areas_.end() && at->group == area.group) here = static_cast<std::ptrdiff_t>(firsts.size());
    firsts.push_back(&area);
  }
  const auto count = static_cast<std::ptrdiff_t>(firsts.size());
  const std::ptrdiff_t to = here < 0 ? (by > 0 ? 0 : count - 1) : (here + by + count) % count;
  focus_ = firsts[static_cast<std::size_t>(to)]->name;
  focus_moved_ = true;
}

void Press::end_frame() {
  if (!ImGui::IsMouseDown(ImGuiMouseButton_Left) && !ImGui::IsMouseDown(ImGuiMouseButton_Right))
    down_.clear();
  if (!keys_are_ours_) return;
  const ImGuiIO& io = ImGui::GetIO();
  if (imgui_api::pressed(Key::tab)) move_within_group(io.KeyShift ? -1 : 1);
  if (imgui_api::pressed(Key::f6)) move_to_group(io.KeyShift ? -1 : 1);
}

}  // namespace gogoscope
