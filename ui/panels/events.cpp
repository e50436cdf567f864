#include "ui/panels/events.h"

#include <algorithm>

#include "scenarios/told/event_text.h"
#include "ui/draw.h"
#include "ui/imgui_api.h"
#include "ui/link.h"
#include "ui/panels/event_look.h"

namespace gogoscope {
namespace {

const Words kNoEvents{"No event has been recorded yet.", "还没有记录任何事件。"};
const Words kNoneOfThese{"No event of these types.", "没有这些类型的事件。"};
const Words kNow{"now", "现在"};

constexpr float kRow = 22;
constexpr float kFilter = 22;

constexpr float kMark = 5;

}  // namespace

void EventsPanel::filter() {
  if (all()) {
    filtered_.clear();
    filtered_from_ = 0;
    return;
  }
  for (; filtered_from_ < events_->size(); ++filtered_from_) {
    if (shown_.test(static_cast<std::size_t>((*events_)[filtered_from_].type()))) {
      filtered_.push_back(static_cast<std::uint32_t>(filtered_from_));
    }
  }
}

void EventsPanel::find_now() {
  std::size_t low = 0;
  std::size_t high = size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if ((*events_)[event_of(middle)].step < position_) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  past_ = low;
}

void EventsPanel::rebuild(const View& view, const UiState& ui) {
  moved_ = moved_ || view.position != position_ || events_ == nullptr;
  events_ = view.record_events;
  of_program_ = view.of_program();
  if (cuts_ != view.trace->cuts()) {
    cuts_ = view.trace->cuts();
    filtered_.clear();
    filtered_from_ = 0;
  }
  position_ = view.position;
  if (narration_ != nullptr && narration_->language() != ui.language) narration_.reset();
  filter();
  find_now();
}

void EventsPanel::toggle(EventType type) {
  shown_.flip(static_cast<std::size_t>(type));
  filtered_.clear();
  filtered_from_ = 0;
  filter();
  find_now();
  moved_ = true;
}

float EventsPanel::draw_filters(Frame& frame, Rect content) {
  const Theme& theme = frame.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* words = frame.fonts.words;
  const float left = content.min.x + frame.px(10);
  const float height = frame.px(kFilter);
  const float gap = frame.px(5);
  ImVec2 at{left, content.min.y + frame.px(2)};
  for (std::size_t i = 0; i < kTypes; ++i) {
    const EventType type = static_cast<EventType>(i);
    if (type == EventType::signal && !of_program_) continue;  // a lesson's process has none
    const std::string_view title = frame.text(*look(type).words);
    const float width = draw::measure(words, title).x + frame.px(28);
    if (at.x > left && at.x + width > content.max.x - frame.px(10)) at = {left, at.y + height + gap};
    const Rect box{at, {at.x + width, at.y + height}};
    const Pressed pressed = frame.area(std::string("events.filter.").append(name(type)), box);
    const bool on = shown_.test(i);
    const bool lit = on || pressed.hovered;
    if (on) list->AddRectFilled(box.min, box.max, theme[Color::raised], frame.px(4));
    list->AddRect(box.min, box.max, theme[on ? Color::line_strong : Color::line], frame.px(4));
    look(type).draw({{box.min.x + frame.px(12), box.center().y},
                     frame.px(kMark),
                     theme[lit ? look(type).among_many() : Color::line_strong]});
    const float after = draw::text(words, {box.min.x + frame.px(21), box.center().y - words->FontSize / 2},
                                   theme[on ? Color::text_soft : Color::text_dim], title);
    if (!on) {
      list->AddLine({box.min.x + frame.px(21), box.center().y}, {after, box.center().y},
                    theme[Color::text_dim]);
    }
    if (pressed.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (pressed.primary) toggle(type);
    at.x += width + gap;
  }
  return at.y + height + frame.px(6);
}

void EventsPanel::draw_row(Frame& frame, std::size_t row, Rect box) {
  const Theme& theme = frame.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* mono = frame.fonts.mono;
  const std::size_t index = event_of(row);
  const Event& event = (*events_)[index];
  const float y = box.center().y - mono->FontSize / 2;
  const bool current = event.step + 1 == position_;
  const bool future = event.step >= position_;
  const Pressed pressed =
      link(frame, "events.row." + std::to_string(index), box, target_of_moment(event.step + 1));
  if (current) {
    list->AddRectFilled(box.min, box.max, theme.tint(Color::yellow, 0.14F));
    list->AddRectFilled(box.min, {box.min.x + frame.px(3), box.max.y}, theme[Color::yellow]);
  } else if (pressed.hovered) {
    list->AddRectFilled(box.min, box.max, theme.tint(Color::raised, 0.6F));
  }
  const EventLook& of = look(event.type());
  of.draw({{box.min.x + frame.px(18), box.center().y},
           frame.px(kMark),
           theme.tint(of.among_many(), future ? 0.45F : 1)});

  // Numbers end where the longest one of the record does.
  const float digit = draw::measure(mono, "0").x;
  const std::size_t digits = std::max<std::size_t>(std::to_string(events_->back().step).size(), 3);
  float x = box.min.x + frame.px(32) + static_cast<float>(digits) * digit;
  draw::text_right(mono, x, y, theme[current ? Color::yellow : Color::text_dim], std::to_string(event.step));
  x = draw::text(mono, {x + frame.px(10), y}, theme[current ? Color::text_soft : Color::text_dim],
                 "m" + std::to_string(event.m));
  const Color ink = current ? Color::text : future ? Color::text_dim : Color::text_soft;
  draw::text_until(mono, {x + frame.px(10), y}, box.max.x - frame.px(8), theme[ink],
                   event_text(event, *frame.view.guest, *narration_));
}

void EventsPanel::draw(Frame& frame, Rect rect) {
  const Rect content = draw::begin_panel(frame, rect, PanelId::events, "");
  if (events_ == nullptr || events_->empty()) {
    draw::empty(frame, content, frame.text(kNoEvents));
    draw::end_panel();
    return;
  }
  if (narration_ == nullptr) narration_ = std::make_unique<Narration>(frame.ui.language);
  const float top = draw_filters(frame, content);
  ImGui::GetWindowDrawList()->AddLine({content.min.x + frame.px(10), top},
                                      {content.max.x - frame.px(10), top}, frame.theme[Color::line]);
  ImGui::SetCursorScreenPos({content.min.x, top + 1});
  imgui_api::begin_child("list", {content.width(), std::max(content.max.y - top - 1, 1.0F)},
                         ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav);
  const float height = frame.px(kRow);
  if (size() == 0) {
    draw::empty(frame, {ImGui::GetCursorScreenPos(), content.max}, frame.text(kNoneOfThese));
  } else if (moved_ || frame.ui.scroll_to_now) {
    scroll_to_row(std::min(past_ == 0 ? 0 : past_ - 1, size() - 1), height);
  }
  moved_ = false;
  const VisibleRows visible = visible_rows(size(), height);
  for (std::size_t row = visible.first; row < visible.last; ++row) draw_row(frame, row, visible.rect(row));
  if (size() > 0) {
    // Between what has happened and what will: `now`, thin, so that it hides neither.
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float y = visible.origin.y + static_cast<float>(past_) * height;
    const std::string_view now = frame.text(kNow);
    ImFont* words = frame.fonts.words;
    const float right = visible.origin.x + visible.width - frame.px(10);
    const float left = right - draw::measure(words, now).x;
    list->AddLine({visible.origin.x, y}, {left - frame.px(6), y}, frame.theme[Color::yellow]);
    const float half = words->FontSize / 2;
    list->AddRectFilled({left - frame.px(5), y - half}, {right + frame.px(5), y + half + frame.px(1)},
                        frame.theme[Color::panel], frame.px(3));
    draw::text(words, {left, y - half}, frame.theme[Color::yellow], now);
  }
  ImGui::EndChild();
  draw::end_panel();
}

}  // namespace gogoscope
