#include "ui/panels/invariants.h"

#include <algorithm>

#include "ui/draw.h"
#include "ui/wrap.h"

namespace gogoscope {
namespace {

const Words kHolds{"holds", "成立"};
const Words kWindow{"temporarily not true", "暂时不成立"};
const Words kBroken{"broken", "被破坏"};
const Words kNotApplicable{"not applicable", "不适用"};
const Words kAllHold{"all hold", "全部成立"};

constexpr float kLine = 1.35F;  ///< of the font's size

/// Broken ones first.
int weight(InvariantState state) {
  switch (state) {
    case InvariantState::broken:
      return 0;
    case InvariantState::window:
      return 1;
    case InvariantState::not_applicable:
      return 2;
    case InvariantState::holds:
      break;
  }
  return 3;
}

const Words& words_of(InvariantState state) {
  switch (state) {
    case InvariantState::broken:
      return kBroken;
    case InvariantState::window:
      return kWindow;
    case InvariantState::not_applicable:
      return kNotApplicable;
    case InvariantState::holds:
      break;
  }
  return kHolds;
}

/// A tick, a half-filled circle, a cross, a dash: told apart without their colours.
void draw_mark(const Frame& frame, ImVec2 at, InvariantState state, Color color) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 ink = frame.theme[color];
  const float r = frame.px(4.5F);
  const float width = frame.px(1.7F);
  switch (state) {
    case InvariantState::holds:
      list->AddLine({at.x - r, at.y}, {at.x - r / 3, at.y + r * 0.8F}, ink, width);
      list->AddLine({at.x - r / 3, at.y + r * 0.8F}, {at.x + r, at.y - r * 0.8F}, ink, width);
      break;
    case InvariantState::window:
      list->AddCircle(at, r, ink, 0, width);
      list->PathArcTo(at, r, 1.5708F, 4.7124F);
      list->PathFillConvex(ink);
      break;
    case InvariantState::broken:
      list->AddLine({at.x - r, at.y - r}, {at.x + r, at.y + r}, ink, width);
      list->AddLine({at.x - r, at.y + r}, {at.x + r, at.y - r}, ink, width);
      break;
    case InvariantState::not_applicable:
      list->AddLine({at.x - r, at.y}, {at.x + r, at.y}, ink, width);
      break;
  }
}

}  // namespace

void InvariantsPanel::rebuild(const View& view, const UiState& ui) {
  reports_ = invariants_at(*view.cursor);
  std::stable_sort(reports_.begin(), reports_.end(), [](const InvariantReport& a, const InvariantReport& b) {
    return weight(a.state) < weight(b.state);
  });
  // There is little room beside four tabs.
  const auto hold = std::count_if(reports_.begin(), reports_.end(), [](const InvariantReport& report) {
    return report.state == InvariantState::holds;
  });
  const auto all = static_cast<std::ptrdiff_t>(reports_.size());
  detail_ = hold == all ? kAllHold.str(ui.language) : std::to_string(hold) + "/" + std::to_string(all);
}

void InvariantsPanel::draw_report(Frame& frame, const InvariantReport& report) const {
  const Theme& theme = frame.theme;
  const InvariantInfo& about = info(report.id);
  const Language language = frame.ui.language;
  const bool holds = report.state == InvariantState::holds;
  const bool untrue = report.state == InvariantState::window || report.state == InvariantState::broken;
  const Color color = report.state == InvariantState::broken   ? Color::red
                      : report.state == InvariantState::window ? Color::yellow
                      : holds                                  ? Color::green
                                                               : Color::text_soft;
  ImFont* words = frame.fonts.words;
  const float left = frame.px(32);
  const float room = ImGui::GetContentRegionAvail().x - left - frame.px(12);
  const float line = words->FontSize * kLine;
  const std::vector<std::string_view> sentence = wrap(words, about.sentence.in(language), room);
  const std::vector<std::string_view> reason =
      wrap(words, language == Language::zh ? report.detail.zh : report.detail.en, room);
  const std::size_t lines = 1 + sentence.size() + reason.size();

  const Rect box = draw::row(static_cast<float>(lines) * line + frame.px(9));
  frame.widgets.note(std::string("invariants.row.").append(about.name), box);
  if (untrue) {
    ImGui::GetWindowDrawList()->AddRectFilled(box.min, box.max, theme.tint(color, 0.12F));
    ImGui::GetWindowDrawList()->AddRectFilled(box.min, {box.min.x + frame.px(3), box.max.y}, theme[color]);
  }
  float y = box.min.y + frame.px(4);
  const float x = box.min.x + left;
  const float right = box.max.x - frame.px(12);
  draw_mark(frame, {box.min.x + frame.px(18), y + words->FontSize / 2}, report.state, color);
  const std::string_view state = frame.text(words_of(report.state));
  const float state_at = right - draw::measure(words, state).x;
  draw::text(words, {state_at, y}, theme[holds ? Color::text_dim : color], state);
  ImFont* mono = frame.fonts.mono;
  draw::text_until(mono, {x, y + (words->FontSize - mono->FontSize) / 2}, state_at - frame.px(10),
                   theme[holds ? Color::text_soft : Color::text], about.name);
  y += line;
  for (const std::string_view text : sentence) {
    draw::text(words, {x, y}, theme[holds ? Color::text_dim : Color::text_soft], text);
    y += line;
  }
  for (const std::string_view text : reason) {
    draw::text(words, {x, y}, theme[Color::text], text);
    y += line;
  }
}

void InvariantsPanel::draw(Frame& frame, Rect rect) {
  draw::begin_panel(frame, rect, PanelId::invariants, detail_);
  for (const InvariantReport& report : reports_) draw_report(frame, report);
  draw::end_panel();
}

}  // namespace gogoscope
