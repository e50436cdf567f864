// The timeline's shapes. What each of them is can be told without its colour.
#include <algorithm>

#include "emu/layout/status.h"
#include "ui/action.h"
#include "ui/branch_text.h"
#include "ui/draw.h"
#include "ui/link.h"
#include "ui/panels/event_look.h"
#include "ui/panels/timeline.h"

namespace gogoscope {
namespace {

const Words kLive{"live", "可继续执行"};
const Words kEnded{"ended", "已结束"};
const Words kReplay{"replay", "回放"};
const Words kAllGoroutines{"all goroutines", "所有 goroutine"};
const Words kOnlyUser{"user goroutines only", "只有用户的 goroutine"};
const Words kWhole{"whole run", "整个过程"};
const Words kEvents{"events", "事件"};

}  // namespace

void TimelinePanel::draw_ruler(Frame& frame, const Places& places) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* mono = frame.fonts.mono;
  const float y = places.ruler.center().y - mono->FontSize / 2;
  const float half_now = draw::measure(mono, std::to_string(frame.view.position)).x / 2 + frame.px(8);
  const float now =
      std::clamp(scale_.x_of(frame.view.position), places.all.min.x + half_now, places.all.max.x - half_now);
  for (const std::uint64_t state : scale_.round_states(frame.px(90))) {
    const float x = scale_.x_of(state);
    list->AddLine({x, places.lanes.min.y}, {x, places.lanes.max.y}, frame.theme.tint(Color::line, 0.7F));
    const std::string text = std::to_string(state);
    const float half = draw::measure(mono, text).x / 2;
    const float middle = std::clamp(x, places.ruler.min.x + half, places.ruler.max.x - half);
    if (std::abs(middle - now) < half + half_now) continue;  // the label of the moment is there
    draw::text(mono, {middle - half, y}, frame.theme[Color::text_dim], text);
  }
}

void TimelinePanel::draw_labels(Frame& frame, const Places& places) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* mono = frame.fonts.mono;
  const float right = places.lanes.min.x - frame.px(12);
  // The name of the first and of the last lane may be taller than its lane.
  list->PushClipRect({places.lanes.min.x - frame.px(200), places.lanes.min.y - frame.px(2)},
                     {places.lanes.max.x, places.lanes.max.y + frame.px(2)}, true);
  for (std::size_t i = 0; i < shown_.size(); ++i) {
    const float top = places.first_lane + static_cast<float>(i) * places.lane_height;
    const float bottom = top + places.lane_height;
    if (bottom <= places.lanes.min.y || top >= places.lanes.max.y) continue;
    const std::string& name = shown_[i]->name;
    const ImVec2 size = draw::measure(mono, name);
    const Rect box{{right - size.x - frame.px(3), std::max(top, places.lanes.min.y)},
                   {right + frame.px(3), std::min(bottom, places.lanes.max.y)}};
    // Only what exists at this moment can be looked at.
    const Entity* entity = frame.view.names->entities().find(name);
    const bool selected = entity != nullptr && frame.ui.selected_g == entity->addr;
    if (entity != nullptr) link(frame, "timeline.lane." + name, box, target_of_entity(*entity));
    const Color ink = selected ? Color::blue : entity != nullptr ? Color::text_soft : Color::text_dim;
    draw::text(mono, {right - size.x, (top + bottom - size.y) / 2}, frame.theme[ink], name);
    const auto runs = runs_what_.find(name);
    if (runs == runs_what_.end()) continue;
    const float until = right - size.x - frame.px(8);
    const float from = until - run_width(frame, runs->second) + frame.px(8);
    draw::text_until(mono, {from, (top + bottom - size.y) / 2}, until, frame.theme[Color::text_dim],
                     runs->second);
  }
  list->PopClipRect();
  draw::text_right(frame.fonts.words, right, places.events.center().y - frame.fonts.words->FontSize / 2,
                   frame.theme[Color::text_dim], frame.text(kEvents));
}

void TimelinePanel::draw_lanes(Frame& frame, const Places& places) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRect(places.lanes.min, places.lanes.max, true);
  const float pad = frame.px(1.5F);
  run_labels_.clear();
  for (std::size_t i = 0; i < shown_.size(); ++i) {
    const float top = places.first_lane + static_cast<float>(i) * places.lane_height;
    const Rect lane{{places.lanes.min.x, top + pad}, {places.lanes.max.x, top + places.lane_height - pad}};
    if (lane.max.y <= places.lanes.min.y || lane.min.y >= places.lanes.max.y) continue;
    list->AddRectFilled(lane.min, lane.max, frame.theme.tint(Color::raised, 0.45F), frame.px(3));
    if (shown_[i]->kind == Lane::Kind::m) {
      draw_m_lane(frame, runs_[i], lane);
    } else if (shown_[i]->kind == Lane::Kind::p) {
      draw_p_lane(frame, runs_[i], lane);
    } else {
      draw_g_lane(frame, runs_[i], lane);
    }
  }
  // The future is veiled; what is written on it can still be read.
  const float now = std::clamp(scale_.x_of(frame.view.position), places.all.min.x, places.all.max.x);
  list->AddRectFilled({now, places.lanes.min.y}, {places.all.max.x + 1, places.lanes.max.y},
                      frame.theme.tint(Color::panel, 0.55F));
  for (const auto& [at, words] : run_labels_)
    draw::text(frame.fonts.words, at, frame.theme[at.x < now ? Color::text : Color::text_soft], words);
  list->PopClipRect();
}

void TimelinePanel::label_run(const Frame& frame, Rect box, std::string words) {
  ImFont* font = frame.fonts.words;
  const ImVec2 size = draw::measure(font, words);
  if (box.width() < size.x + frame.px(10) || box.height() < size.y * 0.85F) return;
  run_labels_.push_back({{box.min.x + frame.px(6), box.center().y - size.y / 2}, std::move(words)});
}

/// Goroutines fill the lane, g0 is low in it, sleep is a line: told apart without colour.
void TimelinePanel::draw_m_lane(const Frame& frame, const std::vector<Run>& runs, Rect lane) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Theme& theme = frame.theme;
  const float now = scale_.x_of(frame.view.position);
  for (const Run& run : runs) {
    Rect box{{run.left, lane.min.y}, {run.right, lane.max.y}};
    if (run.merged) {
      list->AddRectFilled(box.min, box.max, theme.tint(Color::text_dim, 0.35F));
      continue;
    }
    if (run.what == Lane::kAsleep) {
      const float y = lane.min.y + lane.height() * 0.75F;
      list->AddLine({box.min.x, y}, {box.max.x, y}, theme[Color::text_dim], frame.px(1));
      continue;
    }
    if (run.what == Lane::kAbsent || lanes_.owner(run.what) == "nil") continue;
    const bool system = lanes_.is_system(run.what);
    const Color color = system ? Color::blue : Color::green;
    if (system) box.min.y += lane.height() * 0.45F;
    const bool current = run.left <= now && now < run.right;
    const float gap = box.width() > 4 ? 0.5F : 0;
    box.min.x += gap;
    box.max.x -= gap;
    const float round = box.width() > 6 ? frame.px(2) : 0;
    list->AddRectFilled(box.min, box.max, theme.tint(color, 0.45F), round);
    if (current) list->AddRect(box.min, box.max, theme[color], round, 0, frame.px(1.5F));
    // A name in the low half would be cut: g0 is recognised by its shape, and by the label under the mouse.
    if (!system) label_run(frame, box, lanes_.owner(run.what));
  }
}

/// With an M it is filled and has the M's name, in a system call it is hatched, idle a line.
void TimelinePanel::draw_p_lane(const Frame& frame, const std::vector<Run>& runs, Rect lane) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Theme& theme = frame.theme;
  for (const Run& run : runs) {
    Rect box{{run.left, lane.min.y}, {run.right, lane.max.y}};
    if (run.merged) {
      list->AddRectFilled(box.min, box.max, theme.tint(Color::purple, 0.25F));
      continue;
    }
    if (run.what == Lane::kAbsent || run.what == PLanes::kStopped) continue;
    const float middle = lane.center().y;
    if (run.what == PLanes::kIdle) {
      list->AddLine({box.min.x, middle}, {box.max.x, middle}, theme[Color::text_dim], frame.px(1));
      continue;
    }
    const float gap = box.width() > 4 ? 0.5F : 0;
    box.min.x += gap;
    box.max.x -= gap;
    const float round = box.width() > 6 ? frame.px(2) : 0;
    if (run.what == PLanes::kSyscall) {
      draw::hatch(frame, box);
      list->AddRect(box.min, box.max, theme.tint(Color::purple, 0.6F), round);
      continue;
    }
    list->AddRectFilled(box.min, box.max, theme.tint(Color::purple, 0.35F), round);
    label_run(frame, box, "m" + std::to_string(run.what));
  }
}

/// Running is filled, runnable an outline, waiting hatched, dead a line.
void TimelinePanel::draw_g_lane(const Frame& frame, const std::vector<Run>& runs, Rect lane) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Theme& theme = frame.theme;
  const float middle = lane.center().y;
  for (const Run& run : runs) {
    Rect box{{run.left, lane.min.y}, {run.right, lane.max.y}};
    if (run.merged) {
      list->AddRectFilled(box.min, box.max, theme.tint(Color::green, 0.30F));
      continue;
    }
    if (run.what == Lane::kAbsent || run.what == kGidle) continue;
    const std::uint32_t status = run.what & ~kGscan;
    if (box.width() > 4) {
      box.min.x += 0.5F;
      box.max.x -= 0.5F;
    }
    const float round = box.width() > 6 ? frame.px(2) : 0;
    const ImU32 edge = theme.tint(Color::green, 0.6F);
    if (status == kGdead) {
      list->AddLine({box.min.x, middle}, {box.max.x, middle}, theme[Color::text_dim], frame.px(1));
      continue;
    }
    if (status == kGrunning) {
      list->AddRectFilled(box.min, box.max, theme.tint(Color::green, 0.45F), round);
      label_run(frame, box, g_status_word(run.what));
      continue;
    }
    if (status == kGrunnable) {
      list->AddRectFilled(box.min, box.max, theme.tint(Color::green, 0.10F), round);
    } else {
      draw::hatch(frame, box);
    }
    list->AddRect(box.min, box.max, edge, round);
    label_run(frame, box, g_status_word(run.what));
  }
}

void TimelinePanel::draw_events(Frame& frame, const Places& places) {
  const float y = places.events.center().y;
  const float r = frame.px(4);
  for (const Mark& mark : marks_shown_) {
    const bool happened = mark.step < frame.view.position;
    const EventLook& of = look(mark.type);
    const Color ink = happened || of.alarming ? of.among_many() : Color::line_strong;
    of.draw({{scale_.x_of(mark.step + 1), y}, r, frame.theme[ink]});
  }
  if (frame.view.events.empty() || !scale_.shows(frame.view.position)) return;
  look(frame.view.events.back().type())
      .draw({{scale_.x_of(frame.view.position), y}, frame.px(5), frame.theme[Color::orange]});
}

void TimelinePanel::draw_now(Frame& frame, const Places& places) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Theme& theme = frame.theme;
  const std::uint64_t position = frame.view.position;
  const float now = std::clamp(scale_.x_of(position), places.all.min.x, places.all.max.x);
  if (!scale_.shows(position)) return;
  list->AddLine({now, places.ruler.max.y - frame.px(3)}, {now, places.all.max.y}, theme[Color::yellow],
                frame.px(2));
  ImFont* mono = frame.fonts.mono;
  const std::string text = std::to_string(position);
  const ImVec2 size = draw::measure(mono, text);
  const float half = size.x / 2 + frame.px(6);
  const float middle = std::clamp(now, places.all.min.x + half, places.all.max.x - half);
  const float y = places.ruler.center().y;
  list->AddRectFilled({middle - half, y - frame.px(9)}, {middle + half, y + frame.px(9)},
                      theme[Color::yellow], frame.px(4));
  draw::text(mono, {middle - size.x / 2, y - size.y / 2}, theme[Color::background], text);
}

/// A fork at each state in which a future was cut off; a click goes there.
void TimelinePanel::draw_branches(Frame& frame, const Places& places) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 ink = frame.theme[Color::purple];
  const float bottom = places.ruler.max.y;
  const float thick = frame.px(1.5F);
  for (const RunBranch& branch : frame.view.branches) {
    if (!scale_.shows(branch.from)) continue;
    const float x = scale_.x_of(branch.from);
    const float up = bottom - frame.px(7);
    list->AddLine({x, bottom}, {x, up}, ink, thick);
    list->AddLine({x, up}, {x + frame.px(6), up - frame.px(5)}, ink, thick);
    list->AddCircleFilled({x + frame.px(6), up - frame.px(5)}, frame.px(2.5F), ink);
    const Rect area{{x - frame.px(1), up - frame.px(9)}, {x + frame.px(11), bottom}};
    const Pressed pressed = frame.area("timeline.branch." + std::to_string(branch.id), area);
    if (pressed.hovered) {
      ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
      ImGui::SetTooltip("%s", branch_text(branch, frame.ui.language).c_str());
    }
    if (pressed.primary) frame.commands.push_back({CommandId::go_to_branch, BranchId{branch.id}});
  }
}

/// A flag at each; a click goes there.
void TimelinePanel::draw_bookmarks(Frame& frame, const Places& places) {
  if (frame.view.bookmarks == nullptr) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float bottom = places.ruler.max.y;
  for (const Bookmark& bookmark : frame.view.bookmarks->all()) {
    if (!scale_.shows(bookmark.state)) continue;
    const float x = scale_.x_of(bookmark.state);
    const float top = bottom - frame.px(11);
    const ImU32 ink = frame.theme[Color::blue];
    list->AddLine({x, bottom}, {x, top}, ink, frame.px(1.5F));
    list->AddTriangleFilled({x, top}, {x + frame.px(8), top + frame.px(3)}, {x, top + frame.px(6)}, ink);
    const Rect area{{x - frame.px(3), top}, {x + frame.px(9), bottom}};
    const Pressed pressed = frame.area("timeline.bookmark." + std::to_string(bookmark.state), area);
    if (pressed.hovered) {
      ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
      ImGui::SetTooltip("%s", bookmark.name.c_str());
    }
    if (pressed.primary) frame.commands.push_back({CommandId::run_to, Where::at_state(bookmark.state)});
  }
}

std::string TimelinePanel::edit_text(const Frame& frame, std::uint64_t step) {
  if (!narration_ || narration_->language() != frame.ui.language) narration_.emplace(frame.ui.language);
  Cursor at(*frame.view.trace);
  at.seek(step + 1);
  const Step edit = at.last();
  return narration_->sentence(*frame.view.guest, BeforeStep(at.state(), edit), at.state(), edit, {});
}

Rect TimelinePanel::pencil_of(const Frame& frame, const Places& places, std::uint64_t step) const {
  const float x = scale_.x_of(step + 1);
  const float bottom = places.ruler.max.y;
  return {{x - frame.px(12), bottom - frame.px(11)}, {x - frame.px(1), bottom}};
}

/// A pencil at each edit, its tip at the moment after it, on the side that the fork of the cut-off future
/// leaves free; a click goes there.
void TimelinePanel::draw_edits(Frame& frame, const Places& places) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float bottom = places.ruler.max.y;
  const ImU32 ink = frame.theme[Color::orange];
  for (const std::uint64_t step : frame.view.trace->edits()) {
    if (!scale_.shows(step + 1)) continue;
    const float x = scale_.x_of(step + 1);
    const auto at = [&](float left, float up) { return ImVec2{x - frame.px(left), bottom - frame.px(up)}; };
    list->AddTriangleFilled(at(0, 0), at(1, 5), at(5, 1), ink);
    list->AddQuadFilled(at(1.5F, 5.5F), at(7, 11), at(11, 7), at(5.5F, 1.5F), ink);
    const Pressed pressed =
        frame.area("timeline.edit." + std::to_string(step), pencil_of(frame, places, step));
    if (pressed.hovered) {
      ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
      ImGui::SetTooltip("%s", edit_text(frame, step).c_str());
    }
    if (pressed.primary) frame.commands.push_back({CommandId::run_to, Where::at_state(step + 1)});
  }
}

void TimelinePanel::draw_legend(const Frame& frame, Rect rect, float left, float right) const {
  ImFont* font = frame.fonts.words;
  const float middle = draw::header_middle(frame, rect);
  // From the right; what finds no room is left out.
  for (auto type = types_.rbegin(); type != types_.rend(); ++type) {
    const std::string_view words = frame.text(*look(*type).words);
    const float width = draw::measure(font, words).x + frame.px(28);
    if (right - width < left) continue;
    draw::text_right(font, right - frame.px(12), middle - font->FontSize / 2, frame.theme[Color::text_soft],
                     words);
    look(*type).draw({{right - width + frame.px(7), middle}, frame.px(4), frame.theme[Color::text_soft]});
    right -= width;
  }
}

void TimelinePanel::draw_header(Frame& frame, Rect rect) {
  const Theme& theme = frame.theme;
  const float middle = draw::header_middle(frame, rect);
  // A run that has ended can be edited, not continued.
  const bool ended = frame.view.trace->end() != nullptr;
  const std::string_view mode = frame.text(!frame.view.live ? kReplay : ended ? kEnded : kLive);
  float right = rect.max.x - frame.px(10);
  if (!frame.view.hidden) {  // how the run goes on is not known while a question is open
    right -= draw::chip_width(frame, mode);
    draw::chip(frame, right, middle, Color::text_soft, draw::ChipShape::quiet, mode);
    right -= frame.px(12);
  }
  const std::string place = std::to_string(frame.view.position) + " / " + std::to_string(frame.view.steps);
  draw::text_right(frame.fonts.mono, right, middle - frame.fonts.mono->FontSize / 2, theme[Color::text],
                   place);
  right -= draw::measure(frame.fonts.mono, place).x + frame.px(14);
  if (frame.view.of_program()) {
    const std::string_view words = frame.text(only_user_ ? kOnlyUser : kAllGoroutines);
    const float left = right - draw::chip_width(frame, words);
    const Rect box{{left, middle - frame.px(11)}, {right, middle + frame.px(11)}};
    const Pressed pressed = frame.area("timeline.goroutines", box);
    if (pressed.primary) frame.ui.actions.push_back(ActionId::goroutines);
    draw::chip(frame, left, middle, only_user_ ? Color::blue : Color::text_soft,
               pressed.hovered ? draw::ChipShape::outline : draw::ChipShape::quiet, words);
    right = left - frame.px(14);
  }
  if (zoomed_) {
    const std::string_view words = frame.text(kWhole);
    const float left = right - draw::chip_width(frame, words);
    const Rect box{{left, middle - frame.px(11)}, {right, middle + frame.px(11)}};
    const Pressed pressed = frame.area("timeline.whole", box);
    if (pressed.primary) zoomed_ = false;
    draw::chip(frame, left, middle, pressed.hovered ? Color::text : Color::blue, draw::ChipShape::outline,
               words);
    right = left - frame.px(14);
  }
  draw_legend(frame, rect, rect.min.x + frame.px(130), right);
}

}  // namespace gogoscope
