#include "ui/overlays/result_row.h"

#include <algorithm>

#include "asm/text/utf8.h"
#include "ui/draw.h"
#include "ui/overlays/surface.h"

namespace gogoscope {
namespace {

const Words kKindExecute{"command", "命令"};
const Words kKindWindow{"window", "窗口"};
const Words kKindPanel{"panel", "面板"};
const Words kKindFunction{"function", "函数"};
const Words kKindStruct{"struct", "结构体"};
const Words kKindField{"field", "字段"};
const Words kKindRegister{"register", "寄存器"};
const Words kKindEvent{"event", "事件"};
const Words kKindBookmark{"bookmark", "书签"};
const Words kKindFile{"file", "文件"};

constexpr float kKindWidth = 78;

std::string_view kind_words(HitKind kind, const Frame& frame) {
  switch (kind) {
    case HitKind::execute:
    case HitKind::command:
      return frame.text(kKindExecute);
    case HitKind::window:
      return frame.text(kKindWindow);
    case HitKind::panel:
      return frame.text(kKindPanel);
    case HitKind::function:
      return frame.text(kKindFunction);
    case HitKind::structure:
      return frame.text(kKindStruct);
    case HitKind::field:
      return frame.text(kKindField);
    case HitKind::reg:
      return frame.text(kKindRegister);
    case HitKind::event:
      return frame.text(kKindEvent);
    case HitKind::bookmark:
      return frame.text(kKindBookmark);
    case HitKind::file:
      return frame.text(kKindFile);
  }
  return "";
}

bool is_code(const Hit& hit) {
  return !hit.below && (hit.kind == HitKind::function || hit.kind == HitKind::structure ||
                        hit.kind == HitKind::field || hit.kind == HitKind::reg);
}

/// "Step" and "step": saying it twice adds nothing.
bool same_word(std::string_view title, std::string_view note) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(title.begin(), title.end(), note.begin(), note.end(),
                    [&](char a, char b) { return lower(a) == lower(b); });
}

/// Draws a text, the characters at `marks` underlined and bright; returns the x after it.
float draw_marked(const Frame& frame, ImFont* font, ImVec2 at, float right, std::string_view text,
                  const std::vector<std::uint16_t>& marks, Color plain) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  std::size_t begin = 0;
  float x = at.x;
  while (begin < text.size() && x < right) {
    const bool marked = std::binary_search(marks.begin(), marks.end(), begin);
    std::size_t end = begin;
    do {
      end += rune_at(text, end).size;
    } while (end < text.size() && std::binary_search(marks.begin(), marks.end(), end) == marked);
    const float left = x;
    x = draw::text_until(font, {x, at.y}, right, frame.theme[marked ? Color::text : plain],
                         text.substr(begin, end - begin));
    if (marked) {
      const float y = at.y + font->FontSize + frame.px(1);
      list->AddLine({left, y}, {std::min(x, right), y}, frame.theme[Color::blue], frame.px(1.5F));
    }
    begin = end;
  }
  return x;
}

}  // namespace

void draw_result(Frame& frame, Rect row, const Hit& hit, bool chosen) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* words = frame.fonts.words;
  ImFont* mono = frame.fonts.mono;
  const Theme& theme = frame.theme;
  const float middle = row.center().y;
  if (chosen) {
    list->AddRectFilled(row.min, row.max, theme[Color::raised], frame.px(6));
    list->AddRectFilled({row.min.x, row.min.y + frame.px(5)},
                        {row.min.x + frame.px(3), row.max.y - frame.px(5)}, theme[Color::blue],
                        frame.px(1.5F));
  }
  const float word_y = middle - words->FontSize / 2;
  const float mono_y = middle - mono->FontSize / 2;
  float x = row.min.x + frame.px(10);
  float right = row.max.x - frame.px(10);
  if (!hit.shortcut.empty()) {
    right -= key_caps_width(frame, hit.shortcut);
    draw_key_caps(frame, right, middle, hit.shortcut);
    right -= frame.px(12);
  }
  if (hit.below) {
    // An elbow: this belongs to the result above.
    const float elbow = x + frame.px(kKindWidth) + frame.px(6);
    list->AddLine({elbow, row.min.y}, {elbow, middle}, theme[Color::line_strong], frame.px(1));
    list->AddLine({elbow, middle}, {elbow + frame.px(9), middle}, theme[Color::line_strong], frame.px(1));
    x = elbow + frame.px(16);
  } else {
    draw::text_until(words, {x, word_y}, x + frame.px(kKindWidth - 4), theme[Color::text_dim],
                     kind_words(hit.kind, frame));
    x += frame.px(kKindWidth);
  }
  const bool searched = !hit.title_at.empty() || !hit.note_at.empty();
  const Color plain = searched && !chosen ? Color::text_soft : Color::text;
  ImFont* font = is_code(hit) ? mono : hit.kind == HitKind::execute ? frame.fonts.strong : words;
  x = draw_marked(frame, font, {x, font == mono ? mono_y : word_y}, right, hit.title, hit.title_at, plain) +
      frame.px(10);
  if (!hit.note.empty() && x < right && !same_word(hit.title, hit.note)) {
    x = draw_marked(frame, mono, {x, mono_y}, right, hit.note, hit.note_at, Color::text_dim) + frame.px(10);
  }
  // A few letters of a sentence say nothing.
  if (!hit.detail.empty() && right - x > frame.px(50))
    draw::text_until(words, {x, word_y}, right, theme[Color::text_dim], hit.detail);
}

}  // namespace gogoscope
