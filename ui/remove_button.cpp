#include "ui/remove_button.h"

namespace gogoscope {

bool remove_button(Frame& frame, std::string_view name, ImVec2 middle) {
  const Theme& theme = frame.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float half = frame.px(9);
  const Rect button{{middle.x - half, middle.y - half}, {middle.x + half, middle.y + half}};
  const Pressed pressed = frame.area(name, button);
  if (pressed.hovered) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    list->AddRectFilled(button.min, button.max, theme[Color::raised], frame.px(4));
  }
  const ImU32 ink = theme[pressed.hovered ? Color::text : Color::text_dim];
  const float arm = frame.px(4);
  list->AddLine({middle.x - arm, middle.y - arm}, {middle.x + arm, middle.y + arm}, ink, frame.px(1.5F));
  list->AddLine({middle.x - arm, middle.y + arm}, {middle.x + arm, middle.y - arm}, ink, frame.px(1.5F));
  return pressed.primary;
}

}  // namespace gogoscope
