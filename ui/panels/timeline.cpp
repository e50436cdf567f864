#include "ui/panels/timeline.h"

#include <algorithm>
#include <cmath>

#include "emu/layout/goroutines.h"
#include "scenarios/told/event_text.h"
#include "ui/draw.h"

namespace gogoscope {
namespace {

const Words kState{"state", "状态"};
const Words kFuture{"not yet reached: click to go there", "尚未到达：点击前往"};

constexpr double kLeastStates = 20;        ///< the closest zoom
constexpr float kSnap = 4;                 ///< pixels from an event's mark within which it is meant
constexpr float kMarkApart = 7;            ///< pixels between marks
constexpr std::uint64_t kReach = 400'000;  ///< steps that a look under the mouse may cost: about 3 ms

}  // namespace

void TimelinePanel::choose_lanes(const View& view, bool only_user) {
  only_user_ = only_user;
  shown_ = lanes_.all();
  const std::vector<const Lane*> ps = p_lanes_.all();
  const auto first_g = std::find_if(shown_.begin(), shown_.end(),
                                    [](const Lane* lane) { return lane->kind == Lane::Kind::g; });
  shown_.insert(first_g, ps.begin(), ps.end());
  outdated_ = true;
  runs_what_.clear();
  if (!view.of_program()) return;
  if (!end_) end_.emplace(*view.trace);
  end_->seek(view.steps);
  const Entities entities(*view.guest, end_->state());
  std::erase_if(shown_, [&](const Lane* lane) {
    const Entity* const g = lane->kind == Lane::Kind::g ? entities.find(lane->name) : nullptr;
    if (g == nullptr) return false;
    if (const Function* const start = started_with(*view.guest, end_->state(), *g))
      runs_what_[lane->name] = short_function_name(start->name);
    return only_user && goroutine_kind(*view.guest, end_->state(), *g) != GoroutineKind::user;
  });
}

void TimelinePanel::rebuild(const View& view, const UiState& ui) {
  // The record may have been cut: an earlier cursor could be beyond its end.
  hover_.reset();
  const Lanes::Change change = lanes_.follow(view);
  if (change != Lanes::Change::none) {
    const std::vector<Event>& events = *view.record_events;
    if (change == Lanes::Change::replaced) {
      marks_.clear();
      types_.clear();
      zoomed_ = false;
      from_ = view.of_program() ? static_cast<double>(view.start) : 0;
      end_.reset();
    }
    for (std::size_t i = marks_.size(); i < events.size(); ++i) {
      marks_.push_back({events[i].step, events[i].type()});
      if (std::find(types_.begin(), types_.end(), events[i].type()) == types_.end())
        types_.push_back(events[i].type());
    }
    std::sort(types_.begin(), types_.end());
    p_lanes_.follow(view);
  }
  if (change != Lanes::Change::none || only_user_ != ui.only_user_goroutines)
    choose_lanes(view, ui.only_user_goroutines);
  if (view.position != last_position_) keep_in_sight(view);
  last_position_ = view.position;
}

/// Stepping out of the part in sight moves that part.
void TimelinePanel::keep_in_sight(const View& view) {
  const auto at = static_cast<double>(view.position);
  if (!zoomed_ && at < from_) from_ = 0;
  if (!zoomed_ || (at >= first_ && at <= last_)) return;
  const double states = last_ - first_;
  first_ = std::clamp(at - states / 2, 0.0, std::max(static_cast<double>(view.steps) - states, 0.0));
  last_ = first_ + states;
}

void TimelinePanel::show_running_lane(const Frame& frame, const Places& places) const {
  const Entity* g = frame.view.goroutine(Addr());
  if (!frame.ui.scroll_to_now || g == nullptr) return;
  const auto lane =
      std::find_if(shown_.begin(), shown_.end(), [&](const Lane* one) { return one->name == g->short_name; });
  if (lane == shown_.end()) return;
  const float top = static_cast<float>(lane - shown_.begin()) * places.lane_height;
  const float scroll = ImGui::GetScrollY();
  if (top < scroll) ImGui::SetScrollY(top);
  // Less than half a lane can be read as it is; scrolling for it would cut the first one.
  const float bottom = top + places.lane_height;
  if (bottom - places.lane_height / 2 > scroll + places.lanes.height())
    ImGui::SetScrollY(bottom - places.lanes.height());
}

void TimelinePanel::zoom(float wheel, float x) {
  const double whole = static_cast<double>(std::max<std::uint64_t>(lanes_.steps(), 1));
  const double under_mouse =
      scale_.first + scale_.states() * static_cast<double>((x - scale_.left) / (scale_.right - scale_.left));
  const double states = std::max(scale_.states() * std::pow(0.8, static_cast<double>(wheel)), kLeastStates);
  zoomed_ = states < whole;
  if (!zoomed_) {
    from_ = 0;
    return;
  }
  const double share = (under_mouse - scale_.first) / scale_.states();
  first_ = std::clamp(under_mouse - share * states, 0.0, whole - states);
  last_ = first_ + states;
}

void TimelinePanel::pan(float wheel) {
  if (!zoomed_ && from_ == 0) return;
  if (!zoomed_) {
    zoomed_ = true;
    first_ = from_;
    last_ = static_cast<double>(lanes_.steps());
  }
  const double states = last_ - first_;
  const double whole = static_cast<double>(lanes_.steps());
  first_ = std::clamp(first_ - static_cast<double>(wheel) * states * 0.1, 0.0, std::max(whole - states, 0.0));
  last_ = first_ + states;
}

/// Of the name of the function that a goroutine runs, before its lane.
float TimelinePanel::run_width(const Frame& frame, const std::string& function) {
  const float most = frame.px(110);
  return std::min(draw::measure(frame.fonts.mono, function).x, most) + frame.px(10);
}

TimelinePanel::Places TimelinePanel::arrange(const Frame& frame, Rect content) {
  float label = draw::measure(frame.fonts.words, "events").x;
  for (const Lane* lane : shown_) {
    const auto runs = runs_what_.find(lane->name);
    const float more = runs == runs_what_.end() ? 0 : run_width(frame, runs->second);
    label = std::max(label, draw::measure(frame.fonts.mono, lane->name).x + more);
  }
  const float left = content.min.x + label + frame.px(26);
  const float right = content.max.x - frame.px(16);
  const float ruler = frame.px(22);
  const float events = frame.px(18);
  Places places;
  places.all = {{left, content.min.y}, {right, content.max.y}};
  places.ruler = {{left, content.min.y}, {right, content.min.y + ruler}};
  places.events = {{left, content.max.y - events}, {right, content.max.y}};
  places.lanes = {{left, places.ruler.max.y}, {right, places.events.min.y}};
  const float count = static_cast<float>(std::max<std::size_t>(shown_.size(), 1));
  places.lane_height = std::clamp(places.lanes.height() / count, frame.px(11.5F), frame.px(27));
  places.first_lane = places.lanes.min.y - ImGui::GetScrollY();

  // What scrolls is as tall as all lanes; ruler and events keep their places on the screen.
  ImGui::SetCursorScreenPos({content.min.x, content.min.y - ImGui::GetScrollY()});
  ImGui::Dummy({1, ruler + places.lane_height * count + events});
  return places;
}

void TimelinePanel::refresh_picture(const Places& places, float pixel) {
  const auto steps = static_cast<double>(std::max<std::uint64_t>(lanes_.steps(), 1));
  scale_ = {places.all.min.x, places.all.max.x, zoomed_ ? first_ : std::min(from_, steps - 1),
            zoomed_ ? last_ : steps};
  if (!outdated_ && scale_ == made_for_) return;
  made_for_ = scale_;
  outdated_ = false;
  ++pictures_made_;
  runs_.clear();
  for (const Lane* lane : shown_) runs_.push_back(runs(*lane, scale_));
  marks_shown_ = marks_in_sight(marks_, scale_, kMarkApart * pixel);
}

void TimelinePanel::scrub(Frame& frame, const Places& places) {
  const float scroll = ImGui::GetScrollY();
  ImGui::SetCursorScreenPos(places.all.min);
  ImGui::InvisibleButton("scrub", places.all.size());
  frame.widgets.note("timeline.strip", places.all);
  const bool active = ImGui::IsItemActive();
  if (!active && !ImGui::IsItemHovered()) return;
  const ImGuiIO& io = ImGui::GetIO();

  std::uint64_t state = std::min(scale_.state_at(io.MousePos.x), frame.view.steps);
  if (io.MousePos.y >= places.events.min.y) {
    // Among the marks the mouse means the mark.
    if (const Mark* mark = mark_near(marks_, scale_, io.MousePos.x, frame.px(kSnap))) state = mark->step + 1;
  } else if (io.MousePos.y < places.ruler.max.y) {
    // And on a pencil the moment after the edit.
    for (const std::uint64_t step : frame.view.trace->edits()) {
      if (!scale_.shows(step + 1)) continue;
      const Rect pencil = pencil_of(frame, places, step);
      if (io.MousePos.x >= pencil.min.x && io.MousePos.x < pencil.max.x) state = step + 1;
    }
  }
  if (active && state != frame.view.position)
    frame.commands.push_back({CommandId::run_to, Where::at_state(state)});
  if (!active) {
    const float x = scale_.x_of(state);
    ImGui::GetWindowDrawList()->AddLine({x, places.ruler.max.y}, {x, places.all.max.y},
                                        frame.theme.tint(Color::text_soft, 0.5F));
  }
  if (frame.view.steps > 0) draw_tooltip(frame, state);

  const float wheel = io.MouseWheel + io.MouseWheelH;
  if (wheel == 0 || (!io.KeyCtrl && !io.KeyShift)) return;
  if (io.KeyCtrl) {
    zoom(wheel, io.MousePos.x);
  } else {
    pan(wheel);
  }
  ImGui::SetScrollY(scroll);  // the wheel was not meant for the lanes
}

void TimelinePanel::draw_tooltip(Frame& frame, std::uint64_t state) {
  const View& view = frame.view;
  if (!hover_) hover_.emplace(*view.cursor);
  const std::uint64_t at = hover_->position();
  hover_->seek(state > at ? std::min(state, at + kReach) : std::max(state, at - std::min(at, kReach)));

  const Theme& theme = frame.theme;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {frame.px(10), frame.px(8)});
  ImGui::BeginTooltip();
  const auto line = [&](ImFont* font, Color color, std::string_view words) {
    ImGui::PushFont(font);
    ImGui::PushStyleColor(ImGuiCol_Text, theme[color]);
    ImGui::TextUnformatted(words.data(), words.data() + words.size());
    ImGui::PopStyleColor();
    ImGui::PopFont();
  };
  line(frame.fonts.words, Color::text,
       std::string(frame.text(kState)).append(" ").append(std::to_string(state)));
  // After a very long way the function is shown when the mouse moves.
  if (hover_->position() == state) {
    if (const Function* function = view.guest->code.function_at(hover_->state().pc()))
      line(frame.fonts.mono, Color::text_soft, short_function_name(function->name));
  }
  if (!narration_ || narration_->language() != frame.ui.language) narration_.emplace(frame.ui.language);
  int told = 0;
  const std::vector<Event>& events = *view.record_events;
  auto event =
      std::partition_point(events.begin(), events.end(), [&](const Event& e) { return e.step + 1 < state; });
  for (; event != events.end() && event->step + 1 == state && told < 4; ++event, ++told) {
    line(frame.fonts.words, Color::text, event_text(*event, *view.guest, *narration_));
  }
  if (state > view.position) line(frame.fonts.words, Color::text_dim, frame.text(kFuture));
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
}

void TimelinePanel::draw(Frame& frame, Rect rect) {
  const Rect content = draw::begin_panel(frame, rect, PanelId::timeline, "");
  const Places places = arrange(frame, content);
  if (places.all.width() > 1 && places.lanes.height() > 1) {
    refresh_picture(places, frame.scale);
    show_running_lane(frame, places);
    draw_labels(frame, places);
    draw_ruler(frame, places);
    draw_lanes(frame, places);
    draw_events(frame, places);
    draw_now(frame, places);
    draw_branches(frame, places);
    draw_bookmarks(frame, places);
    draw_edits(frame, places);
    scrub(frame, places);
  }
  draw::end_panel();
  draw_header(frame, rect);
}

}  // namespace gogoscope
