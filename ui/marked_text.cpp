#include "ui/marked_text.h"

#include <algorithm>

#include "asm/text/wrap.h"
#include "ui/draw.h"

namespace gogoscope {
namespace {

/// Visits the pieces of a part that have one font each, in their order.
template <class Visit>
void each_piece(const MarkedFonts& fonts, const MarkedText& text, std::string_view part, Visit visit) {
  auto at = static_cast<std::size_t>(part.data() - text.text.data());
  const std::size_t end = at + part.size();
  const auto piece = [&](ImFont* font, std::size_t to) {
    if (at < to) visit(font, std::string_view(text.text).substr(at, to - at));
    at = std::max(at, to);
  };
  for (const MarkedText::Span& span : text.spans) {
    if (span.at + span.size <= at) continue;
    if (span.at >= end) break;
    piece(fonts.plain, std::min(span.at, end));
    const bool code = span.kind == MarkedText::Kind::code;
    piece(code ? fonts.marks.mono : fonts.marks.strong, std::min(span.at + span.size, end));
  }
  piece(fonts.plain, end);
}

}  // namespace

float measure(const MarkedFonts& fonts, const MarkedText& text, std::string_view part) {
  float width = 0;
  each_piece(fonts, text, part,
             [&](ImFont* font, std::string_view piece) { width += draw::measure(font, piece).x; });
  return width;
}

std::vector<std::string_view> wrap(const MarkedFonts& fonts, const MarkedText& text, float width) {
  return wrap(text.text, width, [&](std::string_view piece) { return measure(fonts, text, piece); });
}

void draw_marked(const MarkedFonts& fonts, ImVec2 at, ImU32 ink, const MarkedText& text,
                 std::string_view part) {
  each_piece(fonts, text, part, [&](ImFont* font, std::string_view piece) {
    at.x = draw::text(font, {at.x, at.y + (fonts.plain->FontSize - font->FontSize) / 2}, ink, piece);
  });
}

}  // namespace gogoscope
