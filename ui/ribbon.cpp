#include "ui/ribbon.h"

#include <algorithm>

#include "ui/draw.h"

namespace gogoscope {
namespace {

/// The part of a row that its panel shows; empty if it has been scrolled away.
Rect visible(const Frame& frame, Rect row, Rect panel) {
  const float top = panel.min.y + frame.px(draw::kHeader);
  return {{row.min.x, std::clamp(row.min.y, top, panel.max.y)},
          {row.max.x, std::clamp(row.max.y, top, panel.max.y)}};
}

}  // namespace

void draw_ribbon(const Frame& frame, const Places& places) {
  const std::optional<Rect> line = frame.anchors.source_line;
  const std::optional<Rect> code = frame.anchors.code_of_line;
  if (!line || !code) return;
  const Rect from = visible(frame, *line, places[Slot::source]);
  const Rect to = visible(frame, *code, places[Slot::disassembly]);
  if (from.height() <= 0 || to.height() <= 0) return;

  // Two curves with level ends, filled in strips: the shape is not convex.
  const float left = places[Slot::source].max.x;
  const float right = places[Slot::disassembly].min.x;
  constexpr int kStrips = 12;
  const auto smooth = [](float t) { return t * t * (3 - 2 * t); };
  const auto edge = [&](int i, float a, float b) {
    const float t = static_cast<float>(i) / kStrips;
    return ImVec2(left + (right - left) * t, a + (b - a) * smooth(t));
  };
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImDrawListFlags flags = list->Flags;
  list->Flags &= ~ImDrawListFlags_AntiAliasedFill;  // soft edges would show as seams between the strips
  for (int i = 0; i < kStrips; ++i) {
    list->AddQuadFilled(edge(i, from.min.y, to.min.y), edge(i + 1, from.min.y, to.min.y),
                        edge(i + 1, from.max.y, to.max.y), edge(i, from.max.y, to.max.y),
                        frame.theme.tint(Color::blue, 0.30F));
  }
  list->Flags = flags;
}

}  // namespace gogoscope
