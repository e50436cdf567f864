#include "ui/terms.h"

#include <algorithm>

#include "ui/draw.h"
#include "ui/imgui_api.h"
#include "ui/wrap.h"

namespace gogoscope {
namespace {

constexpr float kLine = 1.3F;
constexpr float kEntryWidth = 400;
constexpr float kDot = 1.5F;  // of the line below a term
constexpr float kApart = 3.5F;

void dotted(const Frame& frame, float from, float to, float y, ImU32 ink) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (float x = from; x < to; x += frame.px(kApart))
    list->AddRectFilled({x, y}, {std::min(x + frame.px(kDot), to), y + frame.px(1)}, ink);
}

/// The entry in a tooltip by the term: the language shown first, the other one below it.
void draw_entry(Frame& frame, Rect term, const GlossaryEntry& entry) {
  const Language first = frame.ui.language;
  const Language second = first == Language::en ? Language::zh : Language::en;
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float width = std::min(frame.px(kEntryWidth), display.x - frame.px(40));
  const bool above = term.max.y > display.y * 0.6F;
  const float x = std::max(std::min(term.min.x, display.x - width - frame.px(28)), 0.0F);
  ImGui::SetNextWindowPos({x, above ? term.min.y - frame.px(4) : term.max.y + frame.px(4)}, ImGuiCond_Always,
                          {0, above ? 1.0F : 0.0F});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {frame.px(12), frame.px(10)});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGui::BeginTooltip();
  const auto tell = [&](ImFont* font, std::string_view words, Color ink) {
    for (const std::string_view line : wrap(font, words, width)) {
      const Rect row = draw::row(font->FontSize * kLine);
      draw::text(font, row.min, frame.theme[ink], line);
    }
  };
  std::string head = entry.term.in(first);
  if (entry.term.en != entry.term.zh) head += "  ·  " + entry.term.in(second);
  tell(frame.fonts.strong, head, Color::blue);
  tell(frame.fonts.words, entry.text.in(first), Color::text);
  ImGui::Dummy({width, frame.px(6)});
  tell(frame.fonts.words, entry.text.in(second), Color::text_soft);
  ImGui::EndTooltip();
  ImGui::PopStyleVar(2);
  frame.ui.new_words.append(head).append(entry.text.en).append(entry.text.zh);
}

}  // namespace

float draw_terms(Frame& frame, const TermPlace& place, const TermText& text, std::string_view name) {
  ImFont* font = place.font;
  float y = place.y;
  const MarkedFonts fonts{font, frame.fonts};
  for (const std::string_view line : wrap(fonts, text, place.right - place.left)) {
    draw_marked(fonts, {place.left, y}, frame.theme[place.ink], text, line);
    const auto first = static_cast<std::size_t>(line.data() - text.text.data());
    for (std::size_t i = 0; i < text.mentions.size(); ++i) {
      const Mention& mention = text.mentions[i];
      // Of a term that is broken across lines each part is one.
      const std::size_t from = std::max(mention.at, first);
      const std::size_t to = std::min(mention.at + mention.size, first + line.size());
      if (from >= to) continue;
      const float left = place.left + measure(fonts, text, line.substr(0, from - first));
      const float right = left + measure(fonts, text, line.substr(from - first, to - from));
      const Rect box{{left, y}, {right, y + font->FontSize * 1.15F}};
      const std::string area = std::string("term.").append(name) + "." + std::to_string(i);
      const Pressed pressed = frame.area(area, box);
      dotted(frame, left, right, y + font->FontSize * 1.08F,
             frame.theme[pressed.hovered || pressed.focused ? Color::blue : Color::text_dim]);
      if (pressed.focused && (pressed.primary || imgui_api::pressed(imgui_api::Key::f2))) {
        frame.ui.key_taken = true;
        frame.ui.term_shown = frame.ui.term_shown == area ? "" : area;
      }
      if (!pressed.focused && frame.ui.term_shown == area) frame.ui.term_shown.clear();
      if (pressed.hovered || frame.ui.term_shown == area) {
        frame.widgets.note("term.entry", box);
        draw_entry(frame, box, *mention.entry);
      }
    }
    y += font->FontSize * kLine;
  }
  return y;
}

}  // namespace gogoscope
