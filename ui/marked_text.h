// Texts with marks: `code` is drawn in the mono font, **strong** in the strong one.
#pragma once

#include <string_view>
#include <vector>

#include "asm/text/marks.h"
#include "ui/panel.h"

namespace gogoscope {

/// The font of what is not marked, and those of the marks.
struct MarkedFonts {
  ImFont* plain;
  const Fonts& marks;
};

/// Lines of at most `width` pixels; each is a part of `text.text`.
std::vector<std::string_view> wrap(const MarkedFonts& fonts, const MarkedText& text, float width);
/// The width of a part of `text.text`.
float measure(const MarkedFonts& fonts, const MarkedText& text, std::string_view part);
/// Draws a part of `text.text`; the marks' fonts are set in the middle of the plain one's line.
void draw_marked(const MarkedFonts& fonts, ImVec2 at, ImU32 ink, const MarkedText& text,
                 std::string_view part);

}  // namespace gogoscope
