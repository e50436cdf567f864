#include "ui/theme.h"

#include <algorithm>
#include <cmath>

namespace gogoscope {
namespace {

const Theme kDark({0x11141A, 0x191D25, 0x1F242E, 0x272D39, 0x2D3441, 0x3C4554, 0xDCE2EC, 0xB4BDCB, 0x8D98AB,
                   0x4A5364, 0x6CB6F5, 0xF2A93B, 0x2FBF9A, 0xD897C6, 0xF0DC5A, 0xF28A62});

// For projectors in bright rooms.
const Theme kLight({0xE9EDF2, 0xFFFFFF, 0xF3F5F8, 0xE6EAF0, 0xD5DBE4, 0xAFB9C8, 0x1B222E, 0x3F4A5C, 0x555F72,
                    0xB4BCC8, 0x0A61A0, 0x964B00, 0x006854, 0x90427B, 0x6E5600, 0xA73015});

double luminance(std::uint32_t rgb) {
  double sum = 0;
  constexpr double kWeights[] = {0.2126, 0.7152, 0.0722};
  for (int i = 0; i < 3; ++i) {
    double c = static_cast<double>((rgb >> (16 - 8 * i)) & 0xFF) / 255.0;
    c = c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    sum += kWeights[i] * c;
  }
  return sum;
}

}  // namespace

ImU32 Theme::tint(Color color, float alpha) const {
  const std::uint32_t c = rgb(color);
  return IM_COL32((c >> 16) & 0xFF, (c >> 8) & 0xFF, c & 0xFF, static_cast<int>(alpha * 255.0F + 0.5F));
}

const Theme& theme(ThemeId id) { return id == ThemeId::dark ? kDark : kLight; }

double contrast(std::uint32_t a, std::uint32_t b) {
  const double la = luminance(a);
  const double lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

void apply_style(const Theme& theme, float scale) {
  ImGuiStyle style;
  style.WindowRounding = 0;
  style.WindowBorderSize = 0;
  style.WindowPadding = {0, 0};
  style.ChildRounding = 0;
  style.FrameRounding = 6;
  style.PopupRounding = 8;
  style.FramePadding = {10, 6};
  style.ItemSpacing = {8, 4};
  style.ScrollbarSize = 10;
  style.ScrollbarRounding = 5;
  style.GrabRounding = 5;
  style.ScaleAllSizes(scale);

  const auto set = [&](ImGuiCol slot, Color color, float alpha = 1.0F) {
    style.Colors[slot] = ImGui::ColorConvertU32ToFloat4(theme.tint(color, alpha));
  };
  set(ImGuiCol_Text, Color::text);
  set(ImGuiCol_TextDisabled, Color::text_dim);
  set(ImGuiCol_WindowBg, Color::background);
  set(ImGuiCol_ChildBg, Color::panel, 0);
  set(ImGuiCol_PopupBg, Color::raised);
  set(ImGuiCol_Border, Color::line_strong);
  set(ImGuiCol_FrameBg, Color::raised);
  set(ImGuiCol_FrameBgHovered, Color::line);
  set(ImGuiCol_FrameBgActive, Color::line);
  set(ImGuiCol_ScrollbarBg, Color::panel, 0);
  set(ImGuiCol_ScrollbarGrab, Color::line);
  set(ImGuiCol_ScrollbarGrabHovered, Color::line_strong);
  set(ImGuiCol_ScrollbarGrabActive, Color::line_strong);
  set(ImGuiCol_Button, Color::raised);
  set(ImGuiCol_ButtonHovered, Color::line);
  set(ImGuiCol_ButtonActive, Color::line_strong);
  set(ImGuiCol_TextSelectedBg, Color::blue, 0.35F);
  ImGui::GetStyle() = style;
}

}  // namespace gogoscope
