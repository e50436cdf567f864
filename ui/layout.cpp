#include "ui/layout.h"

#include <algorithm>
#include <cmath>

#include "ui/draw.h"

namespace gogoscope {
namespace {

// Of a window whose panels have room for what they show.
constexpr float kLeastWidth = 1024;
constexpr float kLeastHeight = 700;
constexpr float kToolbar = 48;
constexpr float kStatus = 26;
constexpr float kStory = 116;
constexpr float kRibbon = 22;  // the gap between source and disassembly
constexpr float kFoldedWidth = 700;
constexpr float kFoldedHeight = 820;
constexpr float kFoldedTimeline = 108;

/// A splitter in the gap `gap`; returns by which share of `extent` it was moved.
float splitter(Frame& frame, const char* name, Rect gap, bool vertical, float extent) {
  ImGui::SetCursorScreenPos(gap.min);
  ImGui::InvisibleButton(name, {std::max(gap.width(), 1.0F), std::max(gap.height(), 1.0F)});
  frame.widgets.note(std::string("splitter.") + name, gap);
  const bool active = ImGui::IsItemActive();
  const bool hovered = ImGui::IsItemHovered();
  if (active || hovered) {
    ImGui::SetMouseCursor(vertical ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
  }
  const ImVec2 c = gap.center();
  const float half = frame.px(16);
  const ImVec2 along = vertical ? ImVec2(0, half) : ImVec2(half, 0);
  ImGui::GetWindowDrawList()->AddLine({c.x - along.x, c.y - along.y}, {c.x + along.x, c.y + along.y},
                                      frame.theme[active || hovered ? Color::blue : Color::line_strong],
                                      frame.px(1.5F));
  if (!active || extent <= 0) return 0;
  const ImVec2 delta = ImGui::GetIO().MouseDelta;
  return (vertical ? delta.x : delta.y) / extent;
}

Rect right_gap(Rect a, Rect b) { return {{a.max.x, a.min.y}, {b.min.x, a.max.y}}; }

}  // namespace

LayoutShares within_limits(LayoutShares shares) {
  const auto keep = [](float& value, float least, float most, float otherwise) {
    value = std::isfinite(value) ? std::clamp(value, least, std::max(least, most)) : otherwise;
  };
  const LayoutShares first;
  keep(shares.story, 0.3F, 0.75F, first.story);
  keep(shares.upper, 0.2F, 0.8F, first.upper);
  keep(shares.source, 0.12F, 0.5F, first.source);
  keep(shares.disassembly, 0.12F, 0.82F - shares.source, first.disassembly);
  keep(shares.stacks, 0.2F, shares.source + shares.disassembly - 0.12F, first.stacks);
  keep(shares.timeline, 0.08F, 0.35F, first.timeline);
  return shares;
}

Bars arrange_bars(Rect window, float scale) {
  Bars bars;
  bars.toolbar = {window.min, {window.max.x, window.min.y + kToolbar * scale}};
  bars.status = {{window.min.x, bars.toolbar.max.y}, {window.max.x, bars.toolbar.max.y + kStatus * scale}};
  bars.below = {{window.min.x, bars.status.max.y}, {window.max.x, std::max(window.max.y, bars.status.max.y)}};
  return bars;
}

ImVec2 least_room(float scale) { return {kLeastWidth * scale, (kLeastHeight - kToolbar - kStatus) * scale}; }

Rect take_lesson_column(Rect& room, float scale) {
  constexpr float kShare = 0.27F;
  constexpr float kLeast = 290;
  constexpr float kMost = 460;
  const float gap = draw::kGutter * scale;
  // In a window smaller than any screen the panels keep a part of it.
  const float width =
      std::min(std::clamp(room.width() * kShare, kLeast * scale, kMost * scale), room.width() / 2);
  const Rect column{{room.min.x + gap, room.min.y + gap * 0.8F},
                    {room.min.x + gap + width, room.max.y - gap}};
  room.min.x = column.max.x;
  return column;
}

bool folds(Rect room, float scale) { return room.width() < kLeastWidth * scale; }

ImVec2 least_room_folded(float scale) { return {kFoldedWidth * scale, kFoldedHeight * scale}; }

Places arrange_folded(Rect room, const LayoutShares& shares, float scale) {
  const float gap = draw::kGutter * scale;
  const float ribbon = kRibbon * scale;
  const float left = room.min.x + gap;
  const float right = room.max.x - gap;
  const float half = left + (right - left - gap) / 2;
  Places places;

  const float story_top = room.min.y + gap * 0.8F;
  const float story_bottom = story_top + kStory * scale;
  places[Slot::story] = {{left, story_top}, {half, story_bottom}};
  places[Slot::which_g] = {{half + gap, story_top}, {right, story_bottom}};
  const float timeline_top = room.max.y - gap - kFoldedTimeline * scale;
  places[Slot::timeline] = {{left, timeline_top}, {right, room.max.y - gap}};

  // The two left columns keep their shares of each other.
  const float columns = shares.source + shares.disassembly;
  const float source_right = left + (right - left - ribbon) * shares.source / columns;
  const float stacks_right = left + (right - left - gap) * shares.stacks / columns;
  const float height = (timeline_top - story_bottom) / 3;
  const auto row = [&](float n, float from, float to) -> Rect {
    return {{from, story_bottom + height * n + gap}, {to, story_bottom + height * (n + 1)}};
  };
  places[Slot::source] = row(0, left, source_right);
  places[Slot::disassembly] = row(0, source_right + ribbon, right);
  places[Slot::stacks] = row(1, left, stacks_right);
  places[Slot::states] = row(1, stacks_right + gap, right);
  places[Slot::registers] = row(2, left, half);
  places[Slot::data] = row(2, half + gap, right);
  for (const Slot slot : {Slot::registers, Slot::data}) places[slot].max.y -= gap;
  return places;
}

Places arrange(Rect room, const LayoutShares& shares, float scale) {
  const float gap = draw::kGutter * scale;
  const float left = room.min.x + gap;
  const float right = room.max.x - gap;
  const float width = right - left;
  Places places;

  const float story_top = room.min.y + gap * 0.8F;
  const float story_bottom = story_top + kStory * scale;
  const float story_right = left + (width - gap) * shares.story;
  places[Slot::story] = {{left, story_top}, {story_right, story_bottom}};
  places[Slot::which_g] = {{story_right + gap, story_top}, {right, story_bottom}};

  const float whole = room.height() + (kToolbar + kStatus) * scale;
  const float timeline_top = room.max.y - gap - std::max(whole * shares.timeline, 96 * scale);
  places[Slot::timeline] = {{left, timeline_top}, {right, room.max.y - gap}};

  // Two rows; the right column has a split of its own only in the same place, so that arrows between
  // registers and structs stay short and straight.
  const float top = story_bottom + gap;
  const float bottom = std::max(timeline_top - gap, top + gap);
  const float middle = top + (bottom - top - gap) * shares.upper;
  const float ribbon = kRibbon * scale;
  const float source_right = left + (width - ribbon - gap) * shares.source;
  const float disassembly_right = source_right + ribbon + (width - ribbon - gap) * shares.disassembly;
  places[Slot::source] = {{left, top}, {source_right, middle}};
  places[Slot::disassembly] = {{source_right + ribbon, top}, {disassembly_right, middle}};
  places[Slot::registers] = {{disassembly_right + gap, top}, {right, middle}};
  const float stacks_right = left + (width - ribbon - gap) * shares.stacks;
  places[Slot::stacks] = {{left, middle + gap}, {stacks_right, bottom}};
  places[Slot::states] = {{stacks_right + gap, middle + gap}, {disassembly_right, bottom}};
  places[Slot::data] = {{disassembly_right + gap, middle + gap}, {right, bottom}};
  return places;
}

void draw_splitters(Frame& frame, const Places& places, LayoutShares& shares) {
  const float width = places[Slot::timeline].width();
  const Rect& source = places[Slot::source];
  const Rect& data = places[Slot::data];
  shares.story +=
      splitter(frame, "story", right_gap(places[Slot::story], places[Slot::which_g]), true, width);
  shares.source += splitter(frame, "source", right_gap(source, places[Slot::disassembly]), true, width);
  shares.disassembly += splitter(frame, "disassembly",
                                 right_gap(places[Slot::disassembly], places[Slot::registers]), true, width);
  shares.stacks +=
      splitter(frame, "stacks", right_gap(places[Slot::stacks], places[Slot::states]), true, width);
  const Rect rows{{source.min.x, source.max.y}, {data.max.x, data.min.y}};
  shares.upper += splitter(frame, "rows", rows, false, data.max.y - source.min.y);
  const Rect above{{source.min.x, data.max.y}, {data.max.x, places[Slot::timeline].min.y}};
  const float height = places[Slot::timeline].max.y - places[Slot::story].min.y;
  shares.timeline -= splitter(frame, "timeline", above, false, height + (kToolbar + kStatus) * frame.scale);
  shares = within_limits(shares);
}

}  // namespace gogoscope
