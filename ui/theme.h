// The colours of the window, dark and light, as one table. Accents are Okabe-Ito's, lightened on dark
// and darkened on light; nothing is shown by hue alone, since green and purple both look grey to a
// deuteranope.
#pragma once

#include <imgui.h>

#include <array>
#include <cstdint>

namespace gogoscope {

enum class Color : std::uint8_t {
  background,
  panel,
  header,
  raised,
  line,
  line_strong,
  text,
  text_soft,
  text_dim,   ///< the dimmest that is still meant to be read: 4.5:1 on a panel
  text_zero,  ///< leading zeros: there, but not read
  blue,
  orange,  ///< what the executed step changed, and nothing else
  green,
  purple,
  yellow,  ///< where we are
  red,
  count,
};

enum class ThemeId : std::uint8_t { dark, light };

class Theme {
 public:
  explicit Theme(const std::array<std::uint32_t, static_cast<int>(Color::count)>& rgb) : rgb_(rgb) {}

  ImU32 operator[](Color color) const { return tint(color, 1.0F); }
  /// The same colour, see-through: for areas behind text.
  ImU32 tint(Color color, float alpha) const;
  /// 0xRRGGBB.
  std::uint32_t rgb(Color color) const { return rgb_[static_cast<std::size_t>(color)]; }

 private:
  std::array<std::uint32_t, static_cast<int>(Color::count)> rgb_;
};

const Theme& theme(ThemeId id);

/// Sets ImGui's own style: rounding, gutters, colours of its widgets.
void apply_style(const Theme& theme, float scale);

/// WCAG's contrast ratio of two colours 0xRRGGBB, 1 to 21.
double contrast(std::uint32_t a, std::uint32_t b);

}  // namespace gogoscope
