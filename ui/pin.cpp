#include "ui/pin.h"

#include <string>

#include "ui/draw.h"

namespace gogoscope {
namespace {

const Words kPinned{"pinned {g} ×", "已固定 {g} ×"};

std::string words_of(const Frame& frame) {
  const Entity* g = frame.ui.selected_g.is_nil() ? nullptr : frame.view.g_at(frame.ui.selected_g);
  return g == nullptr ? "" : fill(frame.text(kPinned), {{"g", g->short_name}});
}

}  // namespace

float pin_width(const Frame& frame) {
  const std::string words = words_of(frame);
  return words.empty() ? 0 : draw::chip_width(frame, words);
}

float draw_pin(Frame& frame, float x, float y, std::string_view name) {
  const std::string words = words_of(frame);
  if (words.empty()) return x;
  const Rect box{{x, y - frame.px(10)}, {x + draw::chip_width(frame, words), y + frame.px(10)}};
  const Pressed pressed = frame.area(name, box);
  if (pressed.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (pressed.primary) frame.ui.selected_g = Addr();
  return draw::chip(frame, x, y, Color::green,
                    pressed.hovered ? draw::ChipShape::filled : draw::ChipShape::outline, words);
}

}  // namespace gogoscope
