#include "ui/overlays/surface.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "ui/draw.h"

namespace gogoscope {
namespace {

constexpr float kCapPadding = 6;
constexpr float kCapGap = 4;
constexpr float kCapHeight = 19;

/// "Ctrl+=" are Ctrl and =, "Ctrl+-" are Ctrl and -.
std::vector<std::string_view> keys_of(std::string_view shortcut) {
  std::vector<std::string_view> keys;
  while (!shortcut.empty()) {
    const std::size_t plus = std::min(shortcut.find('+', 1), shortcut.size());
    keys.push_back(shortcut.substr(0, plus));
    shortcut.remove_prefix(std::min(plus + 1, shortcut.size()));
  }
  return keys;
}

float cap_width(const Frame& frame, std::string_view key) {
  return std::max(draw::measure(frame.fonts.words, key).x + frame.px(2 * kCapPadding), frame.px(kCapHeight));
}

}  // namespace

void begin_surface(Frame& frame, Rect window, const char* name, bool veil) {
  ImGui::SetNextWindowPos(window.min);
  ImGui::SetNextWindowSize(window.size());
  ImGui::Begin(name, nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoScrollWithMouse);
  frame.press.group(name);
  if (!veil) return;
  // Light grey on white would take the contrast away, so the veil is dark in both themes.
  const int alpha = frame.ui.theme == ThemeId::dark ? 140 : 90;
  ImGui::GetWindowDrawList()->AddRectFilled(window.min, window.max, IM_COL32(8, 10, 14, alpha));
}

bool end_surface(Frame& frame, Rect window, Rect body) {
  // The sheet takes what nothing on it has taken, so that only a press beside it reaches the veil.
  frame.area("overlay.sheet", body);
  const Pressed beside = frame.area("overlay.veil", window);
  ImGui::End();
  return beside.primary || beside.menu;
}

void draw_sheet(const Frame& frame, Rect body) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float round = frame.px(draw::kRounding + 2);
  const int shade = frame.ui.theme == ThemeId::dark ? 22 : 9;
  for (int i = 4; i > 0; --i) {
    const float out = frame.px(3) * static_cast<float>(i);
    list->AddRectFilled({body.min.x - out, body.min.y - out / 2}, {body.max.x + out, body.max.y + out * 1.5F},
                        IM_COL32(0, 0, 0, shade), round + out);
  }
  list->AddRectFilled(body.min, body.max, frame.theme[Color::panel], round);
  list->AddRect(body.min, body.max, frame.theme[Color::line_strong], round);
}

float draw_key_caps(const Frame& frame, float x, float middle, std::string_view shortcut) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float half = frame.px(kCapHeight) / 2;
  bool first = true;
  for (const std::string_view key : keys_of(shortcut)) {
    if (!std::exchange(first, false)) x += frame.px(kCapGap);
    const Rect cap{{x, middle - half}, {x + cap_width(frame, key), middle + half}};
    list->AddRectFilled(cap.min, cap.max, frame.theme[Color::raised], frame.px(4));
    list->AddRect(cap.min, cap.max, frame.theme[Color::line_strong], frame.px(4));
    // A thicker lower edge makes it a key.
    list->AddLine({cap.min.x + frame.px(3), cap.max.y}, {cap.max.x - frame.px(3), cap.max.y},
                  frame.theme[Color::line_strong], frame.px(2));
    const ImVec2 size = draw::measure(frame.fonts.words, key);
    draw::text(frame.fonts.words, {cap.center().x - size.x / 2, middle - size.y / 2},
               frame.theme[Color::text_soft], key);
    x = cap.max.x;
  }
  return x;
}

float key_caps_width(const Frame& frame, std::string_view shortcut) {
  float width = 0;
  for (const std::string_view key : keys_of(shortcut))
    width += cap_width(frame, key) + (width > 0 ? frame.px(kCapGap) : 0);
  return width;
}

}  // namespace gogoscope
