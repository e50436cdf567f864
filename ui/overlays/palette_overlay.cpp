#include "ui/overlays/palette_overlay.h"

#include <algorithm>
#include <utility>

#include "ui/draw.h"
#include "ui/imgui_api.h"
#include "ui/overlays/result_row.h"
#include "ui/overlays/surface.h"
#include "ui/palette.h"
#include "ui/panels/watch.h"
#include "ui/presenter.h"
#include "ui/wrap.h"

namespace gogoscope {
namespace {

using imgui_api::Key;

const Words kPrompt{"Search, or type a command", "搜索，或输入命令"};
const Words kChoose{"choose", "选择"};
const Words kDoIt{"do it", "执行"};
const Words kClose{"close", "关闭"};
const Words kWants{"wants", "需要"};
const Words kExample{"for example", "例如"};
const Words kMore{"More matches; keep typing.", "还有更多结果，请继续输入。"};
const Words kNearest{"Of the events, the 10,000 nearest were searched.", "事件只搜索了最近的 10,000 个。"};
static_assert(Search::kMostEvents == 10'000);

constexpr float kWidth = 640;
constexpr float kField = 46;
constexpr float kRow = 30;
constexpr float kFooter = 30;
constexpr float kMostRows = 14;  // in sight; what was looked for is among the first

}  // namespace

bool PaletteOverlay::Asked::same_moment(const Asked& other) const {
  return position == other.position && steps == other.steps && events == other.events &&
         language == other.language;
}

// ---- what is typed and found ----

void PaletteOverlay::open(std::string text) {
  field_.open(text);
  open_ = true;
  asked_ = Asked();
}

void PaletteOverlay::refresh(const Frame& frame) {
  const View& view = frame.view;
  Asked asked{field_.text(), view.position, view.steps, view.record_events->size(), frame.ui.language};
  const bool same_moment = asked.same_moment(asked_);
  if (same_moment && asked.text == asked_.text) return;
  if (!same_moment) search_.gather(view, frame.ui.language, frame.ui.recent);
  results_ = search_.find(asked.text, view);
  asked_ = std::move(asked);
  chosen_ = 0;
  show_chosen_ = true;
}

void PaletteOverlay::read_keys(std::size_t page) {
  const std::size_t count = results_.hits.size();
  executes_ = imgui_api::pressed(Key::enter);
  if (count == 0) return;
  const std::size_t before = chosen_;
  if (imgui_api::pressed(Key::down)) chosen_ = (chosen_ + 1) % count;
  if (imgui_api::pressed(Key::up)) chosen_ = (chosen_ + count - 1) % count;
  if (imgui_api::pressed(Key::page_down)) chosen_ = std::min(chosen_ + page, count - 1);
  if (imgui_api::pressed(Key::page_up)) chosen_ -= std::min(chosen_, page);
  if (chosen_ != before) show_chosen_ = true;
}

void PaletteOverlay::choose(Frame& frame, Rect window) {
  if (chosen_ >= results_.hits.size()) return;
  const Deed deed = results_.hits[chosen_].deed;
  UiState& ui = frame.ui;
  if (const auto* fill = std::get_if<FillIn>(&deed)) {
    field_.put(fill->text);
    return;
  }
  ui.palette = false;
  if (const auto* command = std::get_if<Command>(&deed)) {
    frame.commands.push_back(*command);
  } else if (const auto* action = std::get_if<ActionId>(&deed)) {
    ui.actions.push_back(*action);
  } else if (const auto* named = std::get_if<NewBookmark>(&deed)) {
    ui.new_bookmark = Bookmark{0, named->name, named->note};
  } else if (const auto* watched = std::get_if<PlaceToWatch>(&deed)) {
    watch_or_not(ui, watched->place);
  } else if (const auto* file = std::get_if<FileToOpen>(&deed)) {
    ui.to_open = file->path;
  } else if (const auto* target = std::get_if<Target>(&deed)) {
    go_to(*target, frame.view, ui, frame.commands);
  } else {
    const PanelId panel = std::get<PanelId>(deed);
    ui.desk.bring_forward(panel);
    if (panel == PanelId::lesson && frame.view.lesson == nullptr) ui.actions.push_back(ActionId::lesson);
    // Presenter mode has no room for some panels.
    if (ui.presenter && !arrange_presenter(window, frame.scale).shows(info(panel).slot)) ui.presenter = false;
  }
}

// ---- how it looks ----

/// One line under the field: what is missing, or what is wrong. Returns the y below it.
float PaletteOverlay::draw_line_of_help(Frame& frame, Rect body, float y) {
  const bool wrong = !results_.problem.empty();
  if (!wrong && results_.wants == nullptr) return y;
  ImFont* words = frame.fonts.words;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float left = body.min.x + frame.px(42);
  const float right = body.max.x - frame.px(14);
  const float line = frame.px(24);
  float x = left;
  y += frame.px(6);
  frame.ui.problem = results_.problem;
  if (wrong) {
    const float top = y;
    const ImVec2 c{body.min.x + frame.px(22), y + line / 2};
    list->AddCircle(c, frame.px(7), frame.theme[Color::red], 0, frame.px(1.5F));
    list->AddLine({c.x, c.y - frame.px(3.5F)}, {c.x, c.y + frame.px(0.5F)}, frame.theme[Color::red],
                  frame.px(1.5F));
    list->AddCircleFilled({c.x, c.y + frame.px(3)}, frame.px(1), frame.theme[Color::red]);
    for (const std::string_view part : wrap(words, results_.problem, right - left)) {
      draw::text(words, {left, y + (line - words->FontSize) / 2}, frame.theme[Color::text], part);
      y += line;
    }
    frame.widgets.note("palette.problem", {{left, top}, {right, y}});
  }
  if (results_.wants != nullptr) {
    const ArgumentHint hint = argument_hint(*results_.wants, frame.ui.language);
    const float text_y = y + (line - words->FontSize) / 2;
    const ImU32 soft = frame.theme[Color::text_soft];
    frame.widgets.note("palette.hint", {{left, y}, {right, y + line}});
    x = draw::text(frame.fonts.mono, {x, text_y}, frame.theme[Color::text], results_.wants->name) +
        frame.px(6);
    x = draw::text_until(words, {x, text_y}, right, soft, frame.text(kWants)) + frame.px(6);
    x = draw::text_until(words, {x, text_y}, right, soft, hint.what) + frame.px(14);
    x = draw::text_until(words, {x, text_y}, right, frame.theme[Color::text_dim], frame.text(kExample)) +
        frame.px(6);
    draw::text_until(frame.fonts.mono, {x, text_y}, right, frame.theme[Color::text_soft], hint.example);
    y += line;
  }
  return y + frame.px(4);
}

void PaletteOverlay::draw_results(Frame& frame, Rect area) {
  ImGui::SetCursorScreenPos(area.min);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  imgui_api::begin_child("results", area.size(), ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav);
  const float height = frame.px(kRow);
  if (std::exchange(show_chosen_, false)) {
    const float top = static_cast<float>(chosen_) * height;
    if (top < ImGui::GetScrollY()) ImGui::SetScrollY(top);
    if (top + height > ImGui::GetScrollY() + area.height()) ImGui::SetScrollY(top + height - area.height());
  }
  const ImVec2 moved = ImGui::GetIO().MouseDelta;
  for (std::size_t i = 0; i < results_.hits.size(); ++i) {
    Rect row = draw::row(height);
    row.min.x += frame.px(6);
    row.max.x -= frame.px(6);
    if (row.max.y < area.min.y || row.min.y > area.max.y) continue;
    const Pressed pressed = frame.area("palette.result." + std::to_string(i), row);
    // The mouse at rest must not take the choice from the keys.
    if (pressed.hovered && (moved.x != 0 || moved.y != 0)) chosen_ = i;
    if (pressed.primary) {
      chosen_ = i;
      executes_ = true;
    }
    draw_result(frame, row, results_.hits[i], i == chosen_);
  }
  ImGui::EndChild();
  ImGui::PopStyleVar();
}

void PaletteOverlay::draw_footer(Frame& frame, Rect area) {
  ImGui::GetWindowDrawList()->AddLine(area.min, {area.max.x, area.min.y}, frame.theme[Color::line]);
  ImFont* words = frame.fonts.words;
  const float middle = area.center().y;
  const ImU32 dim = frame.theme[Color::text_dim];
  float x = area.min.x + frame.px(14);
  const auto key = [&](std::string_view caps, const Words& what) {
    x = draw_key_caps(frame, x, middle, caps) + frame.px(6);
    x = draw::text(words, {x, middle - words->FontSize / 2}, dim, frame.text(what)) + frame.px(14);
  };
  x = draw_key_caps(frame, x, middle, "↑") + frame.px(4);
  key("↓", kChoose);
  key("Enter", kDoIt);
  key("Esc", kClose);
  std::string note;
  if (search_.events_bounded()) note = frame.text(kNearest);
  if (results_.more) note.append(note.empty() ? "" : " ").append(frame.text(kMore));
  const float right = area.max.x - frame.px(14);
  const float left = std::max(x + frame.px(6), right - draw::measure(words, note).x);
  draw::text_until(words, {left, middle - words->FontSize / 2}, right, dim, note);
}

void PaletteOverlay::draw(Frame& frame, Rect window) {
  if (!frame.ui.palette) {
    open_ = false;
    return;
  }
  const bool just_opened = !open_;
  if (just_opened || !frame.ui.palette_text.empty()) open(std::exchange(frame.ui.palette_text, {}));

  const float width = std::min(frame.px(kWidth), window.width() - frame.px(24));
  const float top = window.min.y + std::min(frame.px(72), window.height() * 0.08F);
  const float lowest = window.max.y - frame.px(40);

  begin_surface(frame, window, "palette", true);
  refresh(frame);
  // How high it is depends on what was found, so the sheet comes after the texts.
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->ChannelsSplit(2);
  list->ChannelsSetCurrent(1);
  Rect body{{window.center().x - width / 2, top}, {window.center().x + width / 2, top}};
  const float field_bottom = top + frame.px(kField);
  frame.widgets.note("palette.input", {body.min, {body.max.x, field_bottom}});
  field_.draw(frame, {body.min, {body.max.x, field_bottom}}, kPrompt);
  refresh(frame);
  const float results_top = draw_line_of_help(frame, body, field_bottom) + frame.px(5);
  const float all = static_cast<float>(results_.hits.size()) * frame.px(kRow);
  const float room = std::max(lowest - frame.px(kFooter + 5) - results_top, frame.px(kRow));
  const float results = std::min({all, room, kMostRows * frame.px(kRow)});
  const float results_bottom = results_top + results;
  body.max.y = results_bottom + frame.px(5 + kFooter);
  draw_footer(frame, {{body.min.x, body.max.y - frame.px(kFooter)}, body.max});
  list->AddLine({body.min.x, field_bottom}, {body.max.x, field_bottom}, frame.theme[Color::line]);
  list->ChannelsSetCurrent(0);
  draw_sheet(frame, body);
  list->ChannelsMerge();
  frame.widgets.note("palette", body);

  executes_ = false;
  if (!just_opened) read_keys(static_cast<std::size_t>(std::max(results / frame.px(kRow) - 1, 1.0F)));
  if (results > 0) draw_results(frame, {{body.min.x, results_top}, {body.max.x, results_bottom}});
  if (executes_) choose(frame, window);
  if (end_surface(frame, window, body) && !just_opened) frame.ui.palette = false;
}

}  // namespace gogoscope
