#include "ui/panels/which_g.h"

#include <algorithm>

#include "scenarios/told/which_g_words.h"
#include "ui/draw.h"
#include "ui/link.h"

namespace gogoscope {
namespace {

const Words kTlsLabel{"TLS, -8(FS)", "TLS，-8(FS)"};
const Words kR14Label{"R14", "R14"};
const Words kCurgLabel{"m.curg", "m.curg"};
const Words kGobufLabel{"gobuf.g", "gobuf.g"};
const Words kSpLabel{"owner of SP", "SP 所在的栈"};

const Words kNone{"none", "无"};
const Words kNoGobuf{"no gobuf used yet", "还没用过 gobuf"};
const Words kNoStack{"on no g's stack", "不在任何 g 的栈上"};
const Words kEarlier{"earlier", "之前"};
const Words kNormalShort{"normal", "正常"};
const Words kNormal{"normal on {g}", "在 {g} 上属正常"};
const Words kWrittenAgain{"written again", "写入同值"};

/// Where the answer is written, as short as a cell needs it.
std::string place_of(const WhichG::Answer& answer, WhichG::Question question) {
  return question == WhichG::kSp ? draw::hex_tail(answer.where.value()) : answer.place;
}

}  // namespace

void WhichGPanel::rebuild(const View& view, const UiState&) { shown_ = which_g(view); }

std::string WhichGPanel::note_of(const Frame& frame, WhichG::Question question) const {
  const WhichG::Answer& answer = shown_.answers[question];
  if (answer.changed) {
    if (answer.old_name == answer.name) return std::string(frame.text(kWrittenAgain));
    return std::string(frame.text(kChangedFrom)) + " " + answer.old_name;
  }
  if (answer.name.empty()) return std::string(frame.text(question == WhichG::kGobuf ? kNoGobuf : kNoStack));
  if (question == WhichG::kCurg && answer.normal) {
    return fill(frame.text(kNormal), {{"g", shown_.answers[WhichG::kTls].name}});
  }
  const std::string place = place_of(answer, question);
  if (answer.in_use) return place;
  return place + (frame.ui.language == Language::zh ? "，" : ", ") + std::string(frame.text(kEarlier));
}

void WhichGPanel::draw_cell(Frame& frame, WhichG::Question question, Rect cell) const {
  static constexpr const char* kNames[] = {"tls", "curg", "gobuf", "sp"};
  const Words* const labels[] = {shown_.home == GHome::r14 ? &kR14Label : &kTlsLabel, &kCurgLabel,
                                 &kGobufLabel, &kSpLabel};
  const Theme& theme = frame.theme;
  const WhichG::Answer& answer = shown_.answers[question];
  const std::string widget = std::string("which-g.") + kNames[question];
  frame.widgets.note(widget, cell);

  ImDrawList* list = ImGui::GetWindowDrawList();
  const float round = frame.px(5);
  list->AddRectFilled(cell.min, cell.max, theme[answer.lit ? Color::raised : Color::background], round);
  list->AddRect(cell.min, cell.max, theme[answer.lit ? Color::text : Color::line], round, 0,
                frame.px(answer.lit ? 2 : 1));

  ImFont* words = frame.fonts.words;
  ImFont* big = frame.fonts.story;
  const float left = cell.min.x + frame.px(9);
  const float right = cell.max.x - frame.px(7);
  const float gap = std::max(0.0F, (cell.height() - 2 * words->FontSize - big->FontSize) / 4);
  float y = cell.min.y + gap;
  draw::text_until(words, {left, y}, right, theme[Color::text_dim], frame.text(*labels[question]));

  y += words->FontSize + gap;
  const bool known = !answer.name.empty();
  const std::string_view name = known ? std::string_view(answer.name) : frame.text(kNone);
  const Color ink = answer.changed ? Color::orange : known && answer.in_use ? Color::text : Color::text_dim;
  const float end = draw::text_until(big, {left, y}, right, theme[ink], name);
  if (answer.g != nullptr) {
    link(frame, widget + ".name", {{left, y}, {end, y + big->FontSize + frame.px(2)}},
         target_of_entity(*answer.g));
  }
  if (answer.lit) draw::text_until(big, {end + frame.px(9), y}, right, theme[Color::text], "≠");

  y += big->FontSize + gap;
  const Color note_ink = answer.changed ? Color::orange : Color::text_dim;
  std::string note = note_of(frame, question);
  // Short of room, one word is enough.
  if (left + draw::measure(words, note).x > right && !answer.changed && answer.normal) {
    note = frame.text(answer.in_use ? kNormalShort : kEarlier);
  }
  const float note_end = draw::text_until(words, {left, y}, right, theme[note_ink], note);
  const Rect note_box{{left, y}, {note_end, y + words->FontSize + frame.px(1)}};
  if (question == WhichG::kSp && !answer.where.is_nil()) {
    link(frame, widget + ".place", note_box, target_of_memory(answer.where));
  } else if (!answer.where.is_nil()) {
    link(frame, widget + ".place", note_box, target_of_field(answer.place, answer.where, 8));
  }
}

void WhichGPanel::draw(Frame& frame, Rect rect) {
  const Rect content = draw::begin_panel(frame, rect, PanelId::which_g, "");
  const Rect line = draw::row(content.height() - 1);
  const float gap = frame.px(8);
  const float left = line.min.x + frame.px(10);
  const float width = (line.max.x - frame.px(10) - left - 3 * gap) / 4;
  for (std::size_t i = 0; i < WhichG::kQuestions; ++i) {
    const float x = left + static_cast<float>(i) * (width + gap);
    draw_cell(frame, static_cast<WhichG::Question>(i),
              {{x, line.min.y + frame.px(2)}, {x + width, line.max.y - frame.px(1)}});
  }
  draw::end_panel();

  const bool loud = std::any_of(shown_.answers.begin(), shown_.answers.end(),
                                [](const WhichG::Answer& answer) { return answer.lit; });
  ImFont* font = loud ? frame.fonts.strong : frame.fonts.words;
  const float title = draw::measure(frame.fonts.strong, frame.text(info(kId).title)).x;
  draw::text_until(
      font, {rect.min.x + frame.px(23 + 12) + title, draw::header_middle(frame, rect) - font->FontSize / 2},
      rect.max.x - frame.px(10), frame.theme[loud ? Color::text : Color::text_soft],
      verdict_of(shown_).in(frame.ui.language));
}

}  // namespace gogoscope
