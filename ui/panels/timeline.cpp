#include "ui/panels/timeline.h"

#include <algorithm>
#include <cmath>

#include "ui/draw.h"

namespace gogoscope {

void TimelinePanel::rebuild(const View& view, const UiState&) {
  if (view.steps == steps_seen_ && view.record_events->size() == events_seen_) return;
  steps_seen_ = view.steps;
  events_seen_ = view.record_events->size();
  segments_.clear();
  marks_.clear();
  // A stack event of step k means that state k + 1 is the first on the new stack.
  std::uint64_t from = 0;
  std::string name;
  const auto close = [&](std::uint64_t to) {
    const bool system = name.size() >= 2 && name.compare(name.size() - 2, 2, "g0") == 0;
    if (to > from) segments_.push_back({name, from, to, system});
  };
  for (const Event& event : *view.record_events) {
    if (event.type == EventType::stack) {
      if (name.empty()) name = event.from;
      close(event.step + 1);
      from = event.step + 1;
      name = event.to;
    } else if (event.type == EventType::status || event.type == EventType::exit ||
               event.type == EventType::invariant) {
      marks_.emplace_back(event.step, event.type);
    }
  }
  close(view.steps);
}

void TimelinePanel::draw_strip(Frame& frame, Rect strip) {
  const Theme& theme = frame.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const std::uint64_t steps = std::max<std::uint64_t>(frame.view.steps, 1);
  const auto x_of = [&](std::uint64_t state) {
    return strip.min.x +
           strip.width() * static_cast<float>(static_cast<double>(state) / static_cast<double>(steps));
  };
  const float lane_top = strip.min.y;
  const float lane_bottom = strip.max.y - frame.px(14);

  list->AddRectFilled({strip.min.x, lane_top}, {strip.max.x, lane_bottom}, theme[Color::raised], frame.px(3));
  float drawn_to = strip.min.x - 1;
  for (const Segment& segment : segments_) {
    const float x0 = x_of(segment.from);
    const float x1 = x_of(segment.to);
    if (x1 - drawn_to < 0.5F) continue;  // a million steps have more segments than pixels
    drawn_to = x1;
    const bool future = segment.from >= frame.view.position;
    const Color color = segment.system ? Color::blue : Color::green;
    // g0 lies lower and is thinner than the goroutines: told apart without colour.
    const float top = segment.system ? lane_top + (lane_bottom - lane_top) * 0.45F : lane_top;
    list->AddRectFilled({x0 + 0.5F, top}, {x1 - 0.5F, lane_bottom}, theme.tint(color, future ? 0.22F : 0.55F),
                        frame.px(2));
    const ImVec2 size = draw::measure(frame.fonts.words, segment.name);
    if (x1 - x0 > size.x + frame.px(10)) {
      draw::text(frame.fonts.words, {x0 + frame.px(6), (lane_top + lane_bottom - size.y) / 2},
                 theme[future ? Color::text_dim : Color::text], segment.name);
    }
  }
  drawn_to = strip.min.x - 10;
  for (const auto& [step, type] : marks_) {
    const float x = x_of(step + 1);
    if (x - drawn_to < frame.px(5)) continue;
    drawn_to = x;
    const float y = strip.max.y - frame.px(6);
    const float r = frame.px(3);
    if (type == EventType::status) {
      list->AddQuadFilled({x, y - r}, {x + r, y}, {x, y + r}, {x - r, y},
                          theme[step < frame.view.position ? Color::text_soft : Color::line_strong]);
    } else {
      list->AddRectFilled({x - r, y - r}, {x + r, y + r}, theme[Color::red]);
    }
  }
  const float now = x_of(frame.view.position);
  list->AddLine({now, lane_top - frame.px(3)}, {now, strip.max.y}, theme[Color::yellow], frame.px(2));
  list->AddCircleFilled({now, lane_top - frame.px(3)}, frame.px(4), theme[Color::yellow]);
}

void TimelinePanel::draw(Frame& frame, Rect rect) {
  const std::string detail = frame.ui.notice;
  const Rect content =
      draw::begin_panel(frame, rect, {"timeline", frame.text(Phrase::timeline), "", Color::orange});
  const float side = frame.px(16);
  const Rect strip{{content.min.x + side, content.min.y + frame.px(8)},
                   {content.max.x - side, content.max.y - frame.px(2)}};
  if (strip.width() > 1 && strip.height() > 1) {
    ImGui::SetCursorScreenPos({strip.min.x, strip.min.y - frame.px(6)});
    ImGui::InvisibleButton("scrub", {strip.width(), strip.height() + frame.px(6)});
    if (ImGui::IsItemActive() && frame.view.steps > 0) {
      const double share = (ImGui::GetIO().MousePos.x - strip.min.x) / strip.width();
      const double steps = static_cast<double>(frame.view.steps);
      const auto state = static_cast<std::uint64_t>(std::lround(std::clamp(share, 0.0, 1.0) * steps));
      if (state != frame.view.position) frame.commands.push_back({CommandId::run_to, std::to_string(state)});
    }
    draw_strip(frame, strip);
    frame.widgets.note("timeline.strip", strip);
  }
  draw::end_panel();

  const float middle = draw::header_middle(frame, rect);
  const std::string place = std::to_string(frame.view.position) + " / " + std::to_string(frame.view.steps);
  const std::string_view mode = frame.text(frame.view.live ? Phrase::live : Phrase::replay);
  const float chip = rect.max.x - frame.px(10) - draw::chip_width(frame, mode);
  draw::chip(frame, chip, middle, Color::text_soft, draw::ChipShape::quiet, mode);
  draw::text_right(frame.fonts.mono, chip - frame.px(12), middle - frame.fonts.mono->FontSize / 2,
                   frame.theme[Color::text], place);
  if (!detail.empty()) {
    const float left = rect.min.x + frame.px(140);
    const float room = chip - frame.px(24) - draw::measure(frame.fonts.mono, place).x;
    draw::text_until(frame.fonts.words, {left, middle - frame.fonts.words->FontSize / 2}, room,
                     frame.theme[frame.ui.notice_is_error ? Color::red : Color::text_soft], detail);
  }
}

}  // namespace gogoscope
