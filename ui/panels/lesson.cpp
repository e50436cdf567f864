#include "ui/panels/lesson.h"

#include <algorithm>

#include "asm/text/fill.h"
#include "asm/text/printable.h"
#include "ui/draw.h"
#include "ui/imgui_api.h"
#include "ui/overlays/surface.h"
#include "ui/panels/lesson_words.h"
#include "ui/wrap.h"

namespace gogoscope {
namespace {

using namespace lesson_words;
using Answered = LessonPlay::Answered;

constexpr float kLine = 1.3F;
constexpr float kButton = 28;

std::string verdict_of(const Question& question, Answered answered, Language language) {
  if (answered == Answered::right) return kRight.str(language);
  const Words& words = answered == Answered::wrong ? kWrong : kSkipped;
  return fill(words.in(language), {{"truth", truth_text(question, language)}});
}

}  // namespace

void LessonPanel::rebuild(const View& view, const UiState& ui) {
  asked_.clear();
  all_words_.clear();
  if (view.trial != nullptr && view.trial->changed) {
    for (const TrialEnd* end : {&*view.trial->intact, &*view.trial->changed}) {
      all_words_ += end->reason.in(ui.language);
      for (const Text& line : end->end) all_words_ += line.in(ui.language);
    }
  }
  if (view.lesson == nullptr) return;
  const LessonPlay& play = *view.lesson;
  const Language language = ui.language;
  const LessonStop& stop = play.stop();
  goal_ = TermText(printable_lines(play.lesson().goal.in(language)), language);
  title_ = on_one_line(stop.title.in(language));
  say_ = TermText(printable_lines(stop.say.in(language)), language);
  tries_ = TermText(printable_lines(stop.tries.in(language)), language);
  const Question* const open = play.open_question();
  for (const Question& question : stop.ask) {
    Asked& asked = asked_.emplace_back();
    asked.text = TermText(printable_lines(question.text.in(language)), language);
    all_words_ += asked.text.text;
    for (std::size_t i = 0; i < question.choices.size(); ++i) {
      // The letter is a key while the question is open; after that the verdict names choices by it.
      const std::string before = &question == open ? "" : letter(i) + ") ";
      asked.choices.push_back(marked(before + on_one_line(question.choices[i].text.in(language))));
      all_words_ += asked.choices.back().text;
    }
    if (&question == open) break;
    asked.because = TermText(printable_lines(question.because.in(language)), language);
    asked.verdict = marked(verdict_of(question, play.answered(question), language));
    all_words_ += asked.because.text + asked.verdict.text;
  }
  all_words_ += title_ + goal_.text + say_.text + tries_.text;
  const std::string draft_of = open == nullptr ? "" : key_of(stop, *open);
  if (draft_of != draft_of_) {
    draft_of_ = draft_of;
    chosen_.clear();
    typed_.fill('\0');
  }
  if (stop.id != stop_shown_) {
    stop_shown_ = stop.id;
    scroll_up_ = true;
  }
}

bool LessonPanel::says_nothing(const Frame& frame) { return frame.ui.presenter && !frame.ui.unsaid.empty(); }

void LessonPanel::show_verdict() {
  // The open question is the last that is shown; a refused answer leaves it there, without a verdict.
  verdict_of_ = asked_.size() - 1;
  verdict_frames_ = 3;
}

void LessonPanel::tell(Frame& frame, Flow& flow, ImFont* font, Color ink, std::string_view words) {
  for (const std::string_view line : wrap(font, words, flow.right - flow.left)) {
    draw::text(font, {flow.left, flow.y}, frame.theme[ink], line);
    flow.y += font->FontSize * kLine;
  }
}

void LessonPanel::tell(Frame& frame, Flow& flow, ImFont* font, Color ink, const MarkedText& text) {
  const MarkedFonts fonts{font, frame.fonts};
  for (const std::string_view line : wrap(fonts, text, flow.right - flow.left)) {
    draw_marked(fonts, {flow.left, flow.y}, frame.theme[ink], text, line);
    flow.y += font->FontSize * kLine;
  }
}

void LessonPanel::terms(Frame& frame, Flow& flow, ImFont* font, Color ink, const TermText& text,
                        std::string_view name) {
  flow.y = draw_terms(frame, {font, flow.left, flow.right, flow.y, ink}, text, name);
}

bool LessonPanel::button(Frame& frame, Flow& flow, float& x, std::string_view name, std::string_view words,
                         std::string_view shortcut, bool main) {
  ImFont* font = main ? frame.fonts.strong : frame.fonts.words;
  const float caps = shortcut.empty() ? 0 : key_caps_width(frame, shortcut) + frame.px(8);
  const float width =
      std::min(draw::measure(font, words).x + caps + frame.px(22), std::max(flow.right - flow.left, 1.0F));
  if (x > flow.left && x + width > flow.right) {
    x = flow.left;
    flow.y += frame.px(kButton + 6);
  }
  const Rect box{{x, flow.y}, {x + width, flow.y + frame.px(kButton)}};
  const Pressed pressed = frame.area(std::string("lesson.").append(name), box);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Color ground = pressed.held ? Color::line_strong : pressed.hovered ? Color::line : Color::raised;
  list->AddRectFilled(box.min, box.max, frame.theme[ground], frame.px(6));
  list->AddRect(box.min, box.max, frame.theme[main ? Color::blue : Color::line_strong], frame.px(6));
  if (pressed.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  draw::text_until(font, {box.min.x + frame.px(11), box.center().y - font->FontSize / 2},
                   box.max.x - caps - frame.px(6), frame.theme[Color::text], words);
  if (!shortcut.empty()) draw_key_caps(frame, box.max.x - caps, box.center().y, shortcut);
  x += width + frame.px(8);
  return pressed.primary;
}

void LessonPanel::end_of_buttons(Frame& frame, Flow& flow) { flow.y += frame.px(kButton + 8); }

void LessonPanel::draw_head(Frame& frame, Flow& flow, const LessonPlay& play) {
  const Lesson& lesson = play.lesson();
  tell(frame, flow, frame.fonts.story, Color::text, on_one_line(frame.view.title.in(frame.ui.language)));
  // What it is for is said once: the stop and its question need the room.
  if (play.at() == 0) terms(frame, flow, frame.fonts.words, Color::text_soft, goal_, "goal");
  flow.y += frame.px(8);
  const LessonScore sum = play.score();
  const std::string stop = fill(
      frame.text(kStop), {{"n", std::to_string(play.at() + 1)}, {"of", std::to_string(lesson.stops.size())}});
  const std::string score =
      fill(frame.text(kScore), {{"right", std::to_string(sum.right)}, {"of", std::to_string(sum.of)}});
  ImFont* strong = frame.fonts.strong;
  draw::text(strong, {flow.left, flow.y}, frame.theme[Color::blue], stop);
  // The sum would give away what is not said yet.
  if (!says_nothing(frame))
    draw::text_right(frame.fonts.words, flow.right, flow.y, frame.theme[Color::text_soft], score);
  // A dot for each stop, the one shown larger: how far it is. Beside the number, where there is room.
  const float apart = frame.px(15);
  const float dots = apart * static_cast<float>(lesson.stops.size());
  const float right = flow.right - draw::measure(frame.fonts.words, score).x - frame.px(10);
  float x = flow.left + draw::measure(strong, stop).x + frame.px(16);
  float y = flow.y + strong->FontSize * 0.6F;
  flow.y += strong->FontSize * kLine;
  if (x + dots > right) {
    x = flow.left + frame.px(5);
    y = flow.y + frame.px(6);
    flow.y += frame.px(18);
  }
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < lesson.stops.size() && x < flow.right; ++i, x += apart) {
    if (i == play.at()) {
      list->AddCircleFilled({x, y}, frame.px(5), frame.theme[Color::blue]);
    } else if (i < play.at()) {
      list->AddCircleFilled({x, y}, frame.px(3.5F), frame.theme[Color::text_dim]);
    } else {
      list->AddCircle({x, y}, frame.px(3.5F), frame.theme[Color::text_dim]);
    }
  }
  flow.y += frame.px(4);
}

void LessonPanel::draw_values(Frame& frame, Flow& flow, const LessonStop& stop) {
  ImFont* mono = frame.fonts.mono;
  for (const Look& look : stop.look) {
    if (!look.value) continue;
    const float x = draw::text(mono, {flow.left + frame.px(12), flow.y}, frame.theme[Color::text_soft],
                               look.name + " = ");
    draw::text_until(mono, {x, flow.y}, flow.right, frame.theme[Color::text], *look.value);
    ImGui::GetWindowDrawList()->AddCircleFilled({flow.left + frame.px(4), flow.y + mono->FontSize / 2},
                                                frame.px(3), frame.theme[Color::blue]);
    flow.y += mono->FontSize * 1.35F;
  }
}

void LessonPanel::draw_try(Frame& frame, Flow& flow, const LessonPlay& play) {
  if (tries_.empty() || play.open_question() != nullptr) return;
  flow.y += frame.px(8);
  tell(frame, flow, frame.fonts.strong, Color::green, frame.text(kTry));
  terms(frame, flow, frame.fonts.words, Color::text, tries_, "try");
  if (play.stop().edit.empty() && play.stop().opens.empty()) return;
  flow.y += frame.px(4);
  if (play.hides()) {
    tell(frame, flow, frame.fonts.words, Color::text_dim, frame.text(kTryLater));
    return;
  }
  float x = flow.left;
  const std::string& what = play.stop().edit.empty() ? play.stop().opens : play.stop().edit;
  if (button(frame, flow, x, "try", kTryIt.str(frame.ui.language) + ": " + what, "", true))
    frame.ui.lesson.push_back({LessonWish::Kind::try_it, 0, {}});
  end_of_buttons(frame, flow);
}

void LessonPanel::draw_trial(Frame& frame, Flow& flow, const Trial& trial) {
  const Language language = frame.ui.language;
  tell(frame, flow, frame.fonts.strong, Color::blue, fill(frame.text(kTrying), {{"what", trial.what}}));
  flow.y += frame.px(4);
  const auto end = [&](const Words& head, const TrialEnd& of, Color ink) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float top = flow.y;
    flow.left += frame.px(12);
    tell(frame, flow, frame.fonts.strong, Color::text, frame.text(head));
    const std::string broke =
        of.invariant.empty()
            ? fill(frame.text(kNoneBroke), {{"n", std::to_string(of.state)}})
            : fill(frame.text(kBroke),
                   {{"invariant", of.invariant}, {"state", std::to_string(of.state)}, {"place", of.place}});
    tell(frame, flow, frame.fonts.words, of.invariant.empty() ? Color::text_soft : Color::text, broke);
    if (!of.invariant.empty())
      tell(frame, flow, frame.fonts.words, Color::text, on_one_line(of.reason.in(language)));
    for (const Text& line : of.end)
      tell(frame, flow, frame.fonts.words, Color::text_soft, on_one_line(line.in(language)));
    if (of.end.empty()) tell(frame, flow, frame.fonts.words, Color::text_soft, frame.text(kNoEnd));
    flow.left -= frame.px(12);
    list->AddRectFilled({flow.left, top}, {flow.left + frame.px(3), flow.y}, frame.theme[ink],
                        frame.px(1.5F));
    flow.y += frame.px(8);
  };
  if (trial.intact) end(kIntact, *trial.intact, Color::green);
  if (trial.changed) end(kChanged, *trial.changed, Color::red);
  float x = flow.left;
  if (button(frame, flow, x, "back", frame.text(frame.view.lesson == nullptr ? kBackToRun : kBack), "PgUp",
             true))
    frame.ui.lesson.push_back({LessonWish::Kind::back, 0, {}});
  end_of_buttons(frame, flow);
}

void LessonPanel::draw_way_on(Frame& frame, Flow& flow, const LessonPlay& play) {
  if (play.open_question() != nullptr) return;
  flow.y += frame.px(8);
  float x = flow.left;
  if (!play.at_last()) {
    if (button(frame, flow, x, "next", frame.text(kNext), "PgDn", true))
      frame.ui.lesson.push_back({LessonWish::Kind::stop, play.at() + 1, {}});
  } else if (!says_nothing(frame)) {
    const LessonScore sum = play.score();
    tell(frame, flow, frame.fonts.strong, Color::text,
         fill(frame.text(kEnd), {{"right", std::to_string(sum.right)}, {"of", std::to_string(sum.of)}}));
    flow.y += frame.px(4);
    if (button(frame, flow, x, "export", frame.text(kExport), "", false))
      frame.ui.lesson.push_back({LessonWish::Kind::export_answers, 0, {}});
    if (button(frame, flow, x, "start-page", frame.text(kOthers), info(ActionId::start_page).shortcut, true))
      frame.ui.actions.push_back(ActionId::start_page);
  }
  end_of_buttons(frame, flow);
}

void LessonPanel::draw_stop(Frame& frame, Flow& flow, const LessonPlay& play) {
  if (frame.view.position != play.stop().state) {
    float x = flow.left;
    if (button(frame, flow, x, "here", frame.text(kToStop), "", false))
      frame.ui.lesson.push_back({LessonWish::Kind::stop, play.at(), {}});
    end_of_buttons(frame, flow);
  }
  if (!title_.empty()) tell(frame, flow, frame.fonts.strong, Color::text, std::string_view(title_));
  terms(frame, flow, frame.fonts.words, Color::text, say_, "say");
  flow.y += frame.px(4);
  draw_values(frame, flow, play.stop());
  for (std::size_t i = 0; i < asked_.size(); ++i) draw_question(frame, flow, play, i);
  draw_try(frame, flow, play);
  draw_way_on(frame, flow, play);
}

void LessonPanel::draw(Frame& frame, Rect rect) {
  const Rect content = draw::begin_panel(frame, rect, kId, "");
  const LessonPlay* const lesson = frame.view.lesson;
  const Trial* const trial = frame.view.trial;
  if (lesson == nullptr && trial == nullptr) {
    draw::end_panel();
    return;
  }
  frame.ui.new_words += std::exchange(all_words_, {});
  if (std::exchange(scroll_up_, false)) ImGui::SetScrollY(0);
  const float top = ImGui::GetCursorScreenPos().y;
  Flow flow{content.min.x + frame.px(14), content.max.x - frame.px(18), top + frame.px(4)};
  if (lesson != nullptr) draw_head(frame, flow, *lesson);
  if (trial != nullptr) {
    draw_trial(frame, flow, *trial);
  } else {
    draw_stop(frame, flow, *lesson);
  }
  // Presenter mode has no status line.
  if (frame.ui.presenter && !frame.ui.notice.empty())
    tell(frame, flow, frame.fonts.words, frame.ui.notice_is_error ? Color::red : Color::text_soft,
         frame.ui.notice);
  ImGui::SetCursorScreenPos({content.min.x, top});
  ImGui::Dummy({1, flow.y - top + frame.px(8)});
  draw::end_panel();
}

}  // namespace gogoscope
