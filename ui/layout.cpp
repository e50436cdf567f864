#include "ui/layout.h"

#include <algorithm>

#include "ui/draw.h"

namespace gogoscope {
namespace {

constexpr float kToolbar = 52;
constexpr float kStory = 120;
constexpr float kTimeline = 84;
constexpr float kRibbon = 22;  // the gap between source and disassembly
constexpr float kLeastShare = 0.15F;

/// A splitter in the gap `gap`; returns by which share of `extent` it was moved.
float splitter(Frame& frame, const char* name, Rect gap, bool vertical, float extent) {
  ImGui::SetCursorScreenPos(gap.min);
  ImGui::InvisibleButton(name, {std::max(gap.width(), 1.0F), std::max(gap.height(), 1.0F)});
  frame.widgets.note(std::string("splitter.") + name, gap);
  const bool active = ImGui::IsItemActive();
  if (active || ImGui::IsItemHovered()) {
    ImGui::SetMouseCursor(vertical ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
  }
  const ImVec2 c = gap.center();
  const float half = frame.px(16);
  const ImVec2 along = vertical ? ImVec2(0, half) : ImVec2(half, 0);
  ImGui::GetWindowDrawList()->AddLine({c.x - along.x, c.y - along.y}, {c.x + along.x, c.y + along.y},
                                      frame.theme[active ? Color::blue : Color::line_strong], frame.px(1.5F));
  if (!active || extent <= 0) return 0;
  const ImVec2 delta = ImGui::GetIO().MouseDelta;
  return (vertical ? delta.x : delta.y) / extent;
}

}  // namespace

Places arrange(Rect window, const LayoutShares& shares, float scale) {
  const float gap = draw::kGutter * scale;
  const float left = window.min.x + gap;
  const float right = window.max.x - gap;
  const float width = right - left;
  Places places;
  places.toolbar = {window.min, {window.max.x, window.min.y + kToolbar * scale}};
  const float story_top = places.toolbar.max.y + gap;
  places.story = {{left, story_top}, {right, story_top + kStory * scale}};
  places.timeline = {{left, window.max.y - gap - kTimeline * scale}, {right, window.max.y - gap}};

  const float top = places.story.max.y + gap;
  const float bottom = std::max(places.timeline.min.y - gap, top + gap);
  const float middle = top + (bottom - top - gap) * shares.upper;
  const float ribbon = kRibbon * scale;
  const float source_right = left + (width - ribbon - gap) * shares.source;
  const float disassembly_right = source_right + ribbon + (width - ribbon - gap) * shares.disassembly;
  places.source = {{left, top}, {source_right, middle}};
  places.disassembly = {{source_right + ribbon, top}, {disassembly_right, middle}};
  places.registers = {{disassembly_right + gap, top}, {right, middle}};
  const float stacks_right = left + (width - gap) * shares.stacks;
  places.stacks = {{left, middle + gap}, {stacks_right, bottom}};
  places.gs = {{stacks_right + gap, middle + gap}, {right, bottom}};
  return places;
}

void draw_splitters(Frame& frame, const Places& places, LayoutShares& shares) {
  const float width = places.timeline.width();
  const auto between = [](Rect a, Rect b) { return Rect{{a.max.x, a.min.y}, {b.min.x, a.max.y}}; };
  shares.source += splitter(frame, "source", between(places.source, places.disassembly), true, width);
  shares.disassembly +=
      splitter(frame, "disassembly", between(places.disassembly, places.registers), true, width);
  shares.stacks += splitter(frame, "stacks", between(places.stacks, places.gs), true, width);
  const Rect rows{{places.source.min.x, places.source.max.y}, {places.registers.max.x, places.stacks.min.y}};
  shares.upper += splitter(frame, "rows", rows, false, places.gs.max.y - places.source.min.y);

  shares.source = std::clamp(shares.source, kLeastShare, 1 - 2 * kLeastShare);
  shares.disassembly = std::clamp(shares.disassembly, kLeastShare, 1 - kLeastShare - shares.source);
  shares.stacks = std::clamp(shares.stacks, 0.3F, 1 - kLeastShare);
  shares.upper = std::clamp(shares.upper, kLeastShare, 1 - kLeastShare);
}

}  // namespace gogoscope
