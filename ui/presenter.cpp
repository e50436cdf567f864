#include "ui/presenter.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "emu/layout/stacks.h"
#include "ui/draw.h"

namespace gogoscope {
namespace {

constexpr float kWidth = 992;
constexpr float kHeight = 556;
constexpr float kCaption = 112;
constexpr float kWhichG = 100;
constexpr float kTimeline = 92;
// Fonts are loaded for each scale: a window that is being resized must not ask for hundreds.
constexpr float kScales = 16;

bool brought(const View& view, EventType type) {
  return std::any_of(view.events.begin(), view.events.end(),
                     [&](const Event& event) { return event.type() == type; });
}

std::optional<PanelId> of_changes(const View& view) {
  if (!view.executed) return std::nullopt;
  const Step& step = *view.executed;
  for (const Store& store : step.stores) {
    return view.names->stack_with_word(store.addr) ? PanelId::stacks : PanelId::structs;
  }
  bool other = false;
  for (const RegChange& change : step.regs) {
    if (change.reg == Reg::rsp || change.reg == Reg::rbp) return PanelId::stacks;
    other = other || (change.reg != Reg::rip && change.reg != Reg::rflags);
  }
  return other ? std::optional(PanelId::registers) : std::nullopt;
}

}  // namespace

float scale_of_presenter(ImVec2 window, float screen_scale) {
  const float fits = std::min(window.x / kWidth, window.y / kHeight);
  return std::max(std::floor(fits * kScales) / kScales, screen_scale);
}

ImVec2 least_room_of_presenter(float scale) { return {kWidth * scale, kHeight * scale}; }

Places arrange_presenter(Rect room, float scale) {
  const float gap = draw::kGutter * scale;
  const float left = room.min.x + gap;
  const float right = room.max.x - gap;
  Places places;
  const float timeline_top = room.max.y - gap - kTimeline * scale;
  places[Slot::timeline] = {{left, timeline_top}, {right, room.max.y - gap}};
  const float caption_top = timeline_top - gap - kCaption * scale;
  places[Slot::story] = {{left, caption_top}, {right, timeline_top - gap}};
  const float top = room.min.y + gap;
  const float bottom = caption_top - gap;
  const float which_bottom = top + kWhichG * scale;
  const float middle = left + (right - left - gap) * 0.42F;
  places[Slot::which_g] = {{left, top}, {middle, which_bottom}};
  places[Slot::source] = {{left, which_bottom + gap}, {middle, bottom}};
  places[Slot::stacks] = {{middle + gap, top}, {right, bottom}};
  return places;
}

Places arrange_presenter_with_lesson(Rect room, float scale) {
  const float gap = draw::kGutter * scale;
  const float left = room.min.x + gap;
  const float right = room.max.x - gap;
  const float top = room.min.y + gap;
  const float bottom = room.max.y - gap;
  const float middle = left + (right - left - gap) * 0.42F;
  Places places;
  places[Slot::lesson] = {{left, top}, {middle, bottom}};
  const float which_bottom = top + kWhichG * scale;
  places[Slot::which_g] = {{middle + gap, top}, {right, which_bottom}};
  const float timeline_top = bottom - kTimeline * scale;
  places[Slot::stacks] = {{middle + gap, which_bottom + gap}, {right, timeline_top - gap}};
  places[Slot::timeline] = {{middle + gap, timeline_top}, {right, bottom}};
  return places;
}

std::optional<PanelId> focus_of(const View& view) {
  // A switch of stacks matters more than what comes with it.
  if (brought(view, EventType::stack)) return PanelId::stacks;
  if (brought(view, EventType::status)) return PanelId::states;
  if (brought(view, EventType::runq) || brought(view, EventType::gfree)) return PanelId::queues;
  if (brought(view, EventType::tls) || brought(view, EventType::curg)) return PanelId::which_g;
  return of_changes(view);
}

PanelId stage_of(const View& view, const Desk& desk) {
  const PanelId otherwise = desk.in_front(PanelId::traceback) ? PanelId::traceback : PanelId::stacks;
  const PanelId focus = focus_of(view).value_or(otherwise);
  return focus == PanelId::which_g || focus == PanelId::stacks ? otherwise : focus;
}

void draw_pointer(const Frame& frame, ImVec2 tip) {
  ImDrawList* list = ImGui::GetForegroundDrawList();
  const auto at = [&](float x, float y) { return ImVec2{tip.x + frame.px(x), tip.y + frame.px(y)}; };
  // A head and a tail; the darker shape below them is the outline.
  for (const auto& [ink, grown] : {std::pair(Color::background, 3.0F), {Color::yellow, 0.0F}}) {
    const ImU32 paint = frame.theme[ink];
    list->AddTriangleFilled(at(-grown, -2.4F * grown), at(-grown, 42 + 2.4F * grown),
                            at(30 + 2.4F * grown, 30 + grown), paint);
    list->AddQuadFilled(at(6 - grown, 30), at(16 + grown, 26), at(25 + grown, 46 + grown),
                        at(15 - grown, 51 + grown), paint);
  }
}

void draw_focus(const Frame& frame, Rect panel) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float grown = frame.px(3);
  list->AddRect({panel.min.x - grown, panel.min.y - grown}, {panel.max.x + grown, panel.max.y + grown},
                frame.theme[Color::yellow], frame.px(draw::kRounding), 0, frame.px(3));
}

}  // namespace gogoscope
