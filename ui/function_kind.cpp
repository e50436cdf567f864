#include "ui/function_kind.h"

#include "ui/draw.h"

namespace gogoscope {
namespace {

const Words kReal{"real", "真实"};
const Words kModelled{"modelled", "建模"};
const Words kTask{"real · task", "真实 · 任务"};
const Words kChanged{"changed", "已改动"};

const Words& words_of(FunctionKind kind) {
  switch (kind) {
    case FunctionKind::real:
      return kReal;
    case FunctionKind::modelled:
      return kModelled;
    case FunctionKind::changed:
      return kChanged;
    case FunctionKind::task:
      break;
  }
  return kTask;
}

}  // namespace

Color color_of(FunctionKind kind) {
  if (kind == FunctionKind::changed) return Color::red;
  return kind == FunctionKind::modelled ? Color::purple : Color::green;
}

std::string_view kind_words(FunctionKind kind, Language language) { return words_of(kind).in(language); }

float draw_kind_chip(const Frame& frame, Rect panel, FunctionKind kind) {
  const std::string_view words = frame.text(words_of(kind));
  const float left = panel.max.x - frame.px(10) - draw::chip_width(frame, words);
  draw::chip(frame, left, draw::header_middle(frame, panel), color_of(kind),
             kind == FunctionKind::modelled ? draw::ChipShape::dashed : draw::ChipShape::filled, words);
  return left;
}

void draw_kind_rail(const Frame& frame, float x, float top, float bottom, FunctionKind kind) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 ink = frame.theme.tint(color_of(kind), 0.8F);
  if (kind != FunctionKind::modelled) {
    list->AddRectFilled({x, top}, {x + frame.px(2), bottom}, ink);
    return;
  }
  const float third = (bottom - top) / 3;
  list->AddRectFilled({x, top + third * 0.5F}, {x + frame.px(2), top + third * 1.5F}, ink);
  list->AddRectFilled({x, top + third * 2}, {x + frame.px(2), bottom}, ink);
}

}  // namespace gogoscope
