#include "ui/presenter.h"

#include <algorithm>

#include "ui/draw.h"

namespace gogoscope {
namespace {

constexpr float kCaption = 124;
constexpr float kWhichG = 108;
constexpr float kTimeline = 140;

bool brought(const View& view, EventType type) {
  return std::any_of(view.events.begin(), view.events.end(),
                     [&](const Event& event) { return event.type() == type; });
}

}  // namespace

Places arrange_presenter(Rect window, float scale) {
  const float gap = draw::kGutter * scale;
  const float left = window.min.x + gap;
  const float right = window.max.x - gap;
  Places places;
  const float timeline_top = window.max.y - gap - kTimeline * scale;
  places[Slot::timeline] = {{left, timeline_top}, {right, window.max.y - gap}};
  const float caption_top = timeline_top - gap - kCaption * scale;
  places[Slot::story] = {{left, caption_top}, {right, timeline_top - gap}};
  const float top = window.min.y + gap;
  const float which_bottom = top + kWhichG * scale;
  const float middle = left + (right - left - gap) * 0.40F;
  places[Slot::source] = {{left, top}, {middle, caption_top - gap}};
  places[Slot::which_g] = {{middle + gap, top}, {right, which_bottom}};
  places[Slot::stacks] = {{middle + gap, which_bottom + gap}, {right, caption_top - gap}};
  return places;
}

PanelId focus_of(const View& view, const Desk& desk) {
  // A switch of stacks matters more than what comes with it.
  if (brought(view, EventType::stack)) return PanelId::stacks;
  if (brought(view, EventType::status)) return PanelId::states;
  if (brought(view, EventType::runq) || brought(view, EventType::gfree)) return PanelId::queues;
  return desk.in_front(PanelId::traceback) ? PanelId::traceback : PanelId::stacks;
}

void draw_focus(const Frame& frame, Rect panel) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float grown = frame.px(3);
  list->AddRect({panel.min.x - grown, panel.min.y - grown}, {panel.max.x + grown, panel.max.y + grown},
                frame.theme[Color::yellow], frame.px(draw::kRounding), 0, frame.px(3));
}

}  // namespace gogoscope
