#include "ui/panels/states.h"

#include <algorithm>
#include <cmath>

#include "emu/layout/goroutines.h"
#include "emu/layout/views.h"
#include "emu/layout/wait_reason.h"
#include "scenarios/told/status_gloss.h"
#include "ui/draw.h"
#include "ui/link.h"
#include "ui/panels/transition_words.h"

namespace gogoscope {
namespace {

const Words kScan{"scan", "scan"};
const Words kEdited{"set by hand", "手工设置"};
const Words kNobody{"no Go function does this", "Go 中没有函数会这样做"};
const Words kBy{"by", "由"};
const Words kAtState{"state", "状态"};
const Words kUnchanged{"its status has not changed in this record", "本次记录中状态没有变化"};
const Words kSystem{"g0 and gsignal never change their status: only goroutines that schedule() picks do.",
                    "g0 和 gsignal 的状态从不改变：只有 schedule() 挑选的 goroutine 才会改变状态。"};
const Words kNobodyHere{"There is no goroutine yet.", "还没有 goroutine。"};
const Words kWaitsFor{"waits for", "等待"};

constexpr std::uint32_t base(std::uint32_t status) { return status & ~kGscan; }

bool among_the_six(std::uint32_t status) {
  return status <= kGwaiting || status == kGdead;  // 0 to 4, and 6
}

/// The first function of a list, "goschedImpl …" where there are more that might have been it.
std::string first_of(std::string_view who) {
  const std::size_t end = who.find_first_of(",;");
  std::string first(who.substr(0, end));
  return end == std::string_view::npos ? first : first + " …";
}

}  // namespace

void StatesPanel::rebuild(const View& view, const UiState& ui) {
  lanes_.follow(view);
  const Layout& layout = view.guest->release->layout;
  const Entities& entities = view.names->entities();
  choices_.clear();
  for (const Entity& entity : entities.all()) {
    const bool gsignal = entity.system && entity.name.find("gsignal") != std::string::npos;
    if (entity.kind != Entity::Kind::g || gsignal) continue;
    const bool user = goroutine_kind(*view.guest, view.state(), entity) == GoroutineKind::user;
    if (ui.only_user_goroutines && !user && entity.addr != ui.selected_g) continue;
    choices_.push_back({entity.addr, entity.short_name, entity.system});
  }
  // Where there is no room for all, those that will run again matter more.
  by_life_ = choices_;
  std::ranges::stable_partition(by_life_, [&](const Choice& choice) {
    const std::uint32_t status = base(GView(layout, view.state(), {choice.g}).status());
    return !choice.system && status != kGdead && status != kGidle;
  });
  const Entity* g = view.goroutine(ui.selected_g);
  shown_ = g != nullptr ? Choice{g->addr, g->short_name, g->system} : Choice{};
  taken_.reset();
  if (g == nullptr) return;

  const GView fields(layout, view.state(), {g->addr});
  goid_ = fields.goid();
  status_ = fields.status();
  wait_reason_ =
      base(status_) == kGwaiting ? wait_reason(*view.guest, view.state(), fields.waitreason()) : "";
  const Lane* lane = lanes_.find(shown_.name);
  const Segment* now = lane != nullptr ? lane->at(view.position) : nullptr;
  const Segment* before = now != nullptr ? lane->before(*now) : nullptr;
  if (before == nullptr || before->what == Lane::kAbsent || now->what == Lane::kAbsent) return;
  const GTransition* legal = view.guest->release->g_transition(before->what, now->what);
  taken_ = Taken{before->what,
                 now->what,
                 now->from,
                 view.trace->is_edit(now->from - 1),
                 now->from == view.position,
                 legal != nullptr ? legal->who : std::string_view()};
}

// ---- the choice of a g ----

void StatesPanel::draw_choices(Frame& frame, Rect row) {
  const float y = row.center().y;
  const std::string goid = "goid " + std::to_string(goid_);
  const float goid_width = draw::measure(frame.fonts.mono, goid).x + frame.px(12);
  float room = row.width();
  const bool with_goid = room > goid_width + frame.px(120);
  if (with_goid) {
    room -= goid_width;
    draw::text_right(frame.fonts.mono, row.max.x, y - frame.fonts.mono->FontSize / 2,
                     frame.theme[Color::text_dim], goid);
  }
  const auto width_of = [&](const Choice& choice) {
    return draw::chip_width(frame, choice.name) + frame.px(6);
  };
  // The one shown comes first if not all of them fit.
  float all = 0;
  for (const Choice& choice : choices_) {
    all += width_of(choice);
    if (all > room) break;
  }
  const bool cut = all > room;
  std::size_t drawn = 0;
  float x = row.min.x;
  const auto put = [&](const Choice& choice) {
    const float width = width_of(choice);
    const float right = row.min.x + room - (cut ? frame.px(44) : 0);
    if (x + width - frame.px(6) > right) return false;
    const Rect box{{x, y - frame.px(11)}, {x + width - frame.px(6), y + frame.px(11)}};
    const Pressed pressed = frame.area("states.select." + choice.name, box);
    if (pressed.primary) frame.ui.selected_g = frame.ui.selected_g == choice.g ? Addr() : choice.g;
    const bool shown = choice.g == shown_.g;
    const Color color = choice.system ? Color::blue : Color::green;
    const auto shape = shown             ? draw::ChipShape::filled
                       : pressed.hovered ? draw::ChipShape::outline
                                         : draw::ChipShape::quiet;
    draw::chip(frame, x, y, color, shape, choice.name);
    x += width;
    ++drawn;
    return true;
  };
  if (cut) put(shown_);
  for (const Choice& choice : cut ? by_life_ : choices_) {
    if (cut && choice.g == shown_.g) continue;
    if (!put(choice)) break;
  }
  if (drawn < choices_.size()) {
    // The table has them all.
    const std::string more = "+" + std::to_string(choices_.size() - drawn);
    const float right = x + draw::measure(frame.fonts.words, more).x;
    const Pressed pressed =
        frame.area("states.more", {{x - frame.px(2), row.min.y}, {right + frame.px(2), row.max.y}});
    if (pressed.primary) {
      frame.ui.desk.bring_forward(PanelId::gs);
      frame.ui.scroll_to_now = true;
    }
    draw::text(frame.fonts.words, {x, y - frame.fonts.words->FontSize / 2},
               frame.theme[pressed.hovered || pressed.focused ? Color::blue : Color::text_dim], more);
  }
}

// ---- the graph ----

void StatesPanel::draw_box(const Frame& frame, const StateBox& box, bool with_gloss) const {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Theme& theme = frame.theme;
  const bool current = box.status == base(status_);
  const float round = frame.px(8);
  if (current) {
    for (int ring = 4; ring > 0; --ring) {
      const float by = frame.px(static_cast<float>(ring) * 1.5F);
      list->AddRectFilled({box.rect.min.x - by, box.rect.min.y - by},
                          {box.rect.max.x + by, box.rect.max.y + by}, theme.tint(Color::green, 0.07F),
                          round + by);
    }
  }
  list->AddRectFilled(box.rect.min, box.rect.max, theme[Color::raised], round);
  if (current) list->AddRectFilled(box.rect.min, box.rect.max, theme.tint(Color::green, 0.28F), round);
  list->AddRect(box.rect.min, box.rect.max, current ? theme[Color::green] : theme[Color::line_strong], round,
                0, frame.px(current ? 2.0F : 1.0F));

  // The scan bit is on top of the status: the M that set it owns the stack.
  const bool scan = current && (status_ & kGscan) != 0;
  const std::string symbol = g_status_symbol(scan && !with_gloss ? status_ : box.status);
  ImFont* mono = frame.fonts.mono;
  const ImVec2 size = draw::measure(mono, symbol);
  const float gloss_height = with_gloss ? frame.fonts.words->FontSize : 0;
  const float top = box.rect.center().y - (size.y + gloss_height) / 2;
  const float left = std::max(box.rect.center().x - size.x / 2, box.rect.min.x + frame.px(3));
  draw::text_until(mono, {left, top}, box.rect.max.x - frame.px(2),
                   theme[current ? Color::text : Color::text_soft], symbol);
  if (gloss_height > 0) {
    const std::string_view text = status_gloss(box.status).in(frame.ui.language);
    const float width = draw::measure(frame.fonts.words, text).x;
    draw::text(frame.fonts.words, {box.rect.center().x - width / 2, top + size.y},
               theme[current ? Color::text : Color::text_soft], text);
  }
  if (scan) {
    draw::chip(frame, box.rect.min.x + frame.px(6), box.rect.min.y, Color::text_soft, draw::ChipShape::quiet,
               frame.text(kScan));
  }
}

void StatesPanel::draw_arrow(const Frame& frame, const StateArrow& arrow, Color color, bool thick) const {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 ink = frame.theme[color];
  const float head = frame.px(thick ? 9.0F : 7.0F);
  const ImVec2 tip = arrow.curve[3];
  const ImVec2 before = arrow.at(0.9F);
  const float dx = tip.x - before.x, dy = tip.y - before.y;
  const float length = std::max(std::sqrt(dx * dx + dy * dy), 0.01F);
  const ImVec2 along{dx / length, dy / length};
  const ImVec2 neck{tip.x - along.x * head, tip.y - along.y * head};
  list->AddBezierCubic(arrow.curve[0], arrow.curve[1],
                       {arrow.curve[2].x - along.x * head, arrow.curve[2].y - along.y * head}, neck, ink,
                       frame.px(thick ? 2.5F : 1.2F));
  const ImVec2 across{-along.y * head * 0.5F, along.x * head * 0.5F};
  list->AddTriangleFilled(tip, {neck.x + across.x, neck.y + across.y}, {neck.x - across.x, neck.y - across.y},
                          ink);
}

/// Words on the arrow, where they cover nothing else; false if there is no such place.
bool StatesPanel::draw_label(const Frame& frame, const StateArrow& arrow, Color color, std::string_view words,
                             std::vector<Rect>& taken_places) const {
  ImFont* font = frame.fonts.words;
  const ImVec2 size = draw::measure(font, words);
  const ImVec2 clip_min = ImGui::GetWindowDrawList()->GetClipRectMin();
  const ImVec2 clip_max = ImGui::GetWindowDrawList()->GetClipRectMax();
  const float pad = frame.px(3);
  for (const float t : {0.5F, 0.4F, 0.6F, 0.3F, 0.7F}) {
    const ImVec2 at = arrow.at(t);
    const Rect place{{at.x - size.x / 2 - pad, at.y - size.y / 2},
                     {at.x + size.x / 2 + pad, at.y + size.y / 2}};
    const auto covers = [&](const Rect& other) {
      return place.min.x < other.max.x && other.min.x < place.max.x && place.min.y < other.max.y &&
             other.min.y < place.max.y;
    };
    const bool inside = place.min.x >= clip_min.x && place.max.x <= clip_max.x;
    if (!inside || std::any_of(taken_places.begin(), taken_places.end(), covers)) continue;
    taken_places.push_back(place);
    ImGui::GetWindowDrawList()->AddRectFilled(place.min, place.max, frame.theme.tint(Color::panel, 0.92F),
                                              pad);
    draw::text(font, {place.min.x + pad, place.min.y}, frame.theme[color], words);
    return true;
  }
  return false;
}

void StatesPanel::draw_graph(Frame& frame, Rect area) {
  float symbol = draw::measure(frame.fonts.mono, "_Grunnable").x;
  float words = 0;
  for (const std::uint32_t status : {kGidle, kGrunnable, kGrunning, kGsyscall, kGwaiting, kGdead}) {
    words = std::max(words, draw::measure(frame.fonts.words, status_gloss(status).in(frame.ui.language)).x);
  }
  const float line = frame.fonts.mono->FontSize;
  const bool with_gloss =
      area.width() >= 2 * (words + frame.px(14)) + frame.px(70) &&
      area.height() >= 3 * (line + frame.fonts.words->FontSize + frame.px(8)) + frame.px(50);
  const ImVec2 box{
      std::min(std::max(symbol, with_gloss ? words : 0) + frame.px(14), (area.width() - frame.px(44)) / 2),
      line + (with_gloss ? frame.fonts.words->FontSize : 0) + frame.px(8)};
  std::optional<std::uint32_t> extra;
  if (taken_ && !among_the_six(base(taken_->from))) extra = base(taken_->from);
  if (!among_the_six(base(status_))) extra = base(status_);
  graph_.emplace(*frame.view.guest->release, area, box, extra, frame.scale);

  const auto is_taken = [&](const StateArrow& arrow) {
    return taken_ && arrow.from == base(taken_->from) && arrow.to == base(taken_->to);
  };
  std::optional<StateArrow> last;
  if (taken_) last = graph_->arrow(base(taken_->from), base(taken_->to));
  for (const StateArrow& arrow : graph_->arrows()) {
    if (!is_taken(arrow)) draw_arrow(frame, arrow, Color::line_strong, false);
  }
  const Color color = taken_ && taken_->executed ? Color::orange : Color::green;
  if (last) draw_arrow(frame, *last, color, true);

  std::vector<Rect> places;
  for (const StateBox& b : graph_->boxes()) {
    draw_box(frame, b, with_gloss);
    places.push_back(b.rect);
  }
  if (last) {
    const std::string who = taken_->edited ? std::string(frame.text(kEdited))
                            : taken_->who.empty()
                                ? std::string(frame.text(kNobody))
                                : transition_words(first_of(taken_->who), frame.ui.language);
    draw_label(frame, *last, color, who, places);
    if (taken_->executed && frame.motion.moving()) {
      const ImVec2 dot = last->at(frame.motion.progress());
      ImGui::GetWindowDrawList()->AddCircleFilled(dot, frame.px(5), frame.theme[color]);
    }
  }
  for (const StateArrow& arrow : graph_->arrows()) {
    const GTransition* transition = frame.view.guest->release->g_transition(arrow.from, arrow.to);
    if (is_taken(arrow) || transition == nullptr) continue;
    // Quiet words must leave something of their arrow to be seen.
    const std::string who = transition_words(first_of(transition->who), frame.ui.language);
    const ImVec2 size = draw::measure(frame.fonts.words, who);
    const float across = std::abs(arrow.curve[3].x - arrow.curve[0].x);
    const float down = std::abs(arrow.curve[3].y - arrow.curve[0].y);
    if (down < across ? across < 1.3F * size.x : down < 2.4F * size.y) continue;
    draw_label(frame, arrow, Color::text_dim, who, places);
  }
}

void StatesPanel::draw_caption(Frame& frame, Rect row) {
  ImFont* font = frame.fonts.words;
  const float y = row.center().y - font->FontSize / 2;
  if (shown_.system || !taken_) {
    draw::text_until(font, {row.min.x, y}, row.max.x, frame.theme[Color::text_dim],
                     frame.text(shown_.system ? kSystem : kUnchanged));
    return;
  }
  const Color color = taken_->executed ? Color::orange : Color::text_soft;
  float x = draw::text(frame.fonts.mono, {row.min.x, row.center().y - frame.fonts.mono->FontSize / 2},
                       frame.theme[color], g_status_word(taken_->from) + " → " + g_status_word(taken_->to));
  std::string rest = "  ";
  if (taken_->edited) {
    rest += frame.text(kEdited);
  } else if (taken_->who.empty()) {
    rest += frame.text(kNobody);
  } else {
    rest.append(frame.text(kBy)).append(" ").append(transition_words(taken_->who, frame.ui.language));
  }
  if (!wait_reason_.empty())
    rest.append(" · ").append(frame.text(kWaitsFor)).append(" ").append(wait_reason_);
  const std::string moment = std::string(frame.text(kAtState)) + " " + std::to_string(taken_->state);
  const float moment_left = row.max.x - draw::measure(font, moment).x;
  draw::text_until(font, {x, y}, moment_left - frame.px(10), frame.theme[Color::text_dim], rest);
  const Rect box{{moment_left - frame.px(2), row.min.y + frame.px(2)}, {row.max.x, row.max.y - frame.px(2)}};
  link(frame, "states.moment", box, target_of_moment(taken_->state));
  draw::text(font, {moment_left, y}, frame.theme[Color::blue], moment);
}

void StatesPanel::draw(Frame& frame, Rect rect) {
  const Rect content = draw::begin_panel(frame, rect, PanelId::states, "");
  graph_.reset();
  if (shown_.g.is_nil()) {
    draw::empty(frame, content, frame.text(kNobodyHere));
    draw::end_panel();
    return;
  }
  const float side = frame.px(12);
  const float row = frame.px(26);
  const Rect choices{{content.min.x + side, content.min.y}, {content.max.x - side, content.min.y + row}};
  draw_choices(frame, choices);
  const bool with_caption = content.height() >= frame.px(150);
  const float bottom = content.max.y - (with_caption ? row : frame.px(4));
  const Rect area{{content.min.x, choices.max.y + frame.px(6)}, {content.max.x, bottom - frame.px(4)}};
  if (area.height() >= 3 * frame.fonts.mono->FontSize + frame.px(30)) draw_graph(frame, area);
  if (with_caption)
    draw_caption(frame, {{content.min.x + side, bottom}, {content.max.x - side, content.max.y}});
  draw::end_panel();
}

}  // namespace gogoscope
