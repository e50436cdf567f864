// The lesson's questions: choices, the field of a value, one try, then the truth.
#include <algorithm>
#include <cmath>

#include "asm/text/fill.h"
#include "asm/text/printable.h"
#include "ui/draw.h"
#include "ui/imgui_api.h"
#include "ui/panels/lesson.h"
#include "ui/panels/lesson_words.h"
#include "ui/wrap.h"

namespace gogoscope {
namespace {

using namespace lesson_words;
using imgui_api::Key;
using Answered = LessonPlay::Answered;

constexpr float kLine = 1.3F;
constexpr std::size_t kLetters = 26;  // choices that have a key

const Words& how_to_answer(Question::Kind kind) {
  switch (kind) {
    case Question::Kind::changes:
      return kTick;
    case Question::Kind::order:
      return kInOrder;
    default:
      return kChooseOne;
  }
}

template <class T>
std::size_t place_in(const std::vector<T>& all, const T& one) {
  return static_cast<std::size_t>(std::ranges::find(all, one) - all.begin());
}

/// Right and wrong by shape: a tick, a cross.
void draw_sign(const Frame& frame, ImVec2 c, bool right) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float r = frame.px(4.5F);
  const ImU32 ink = frame.theme[right ? Color::green : Color::red];
  if (right) {
    list->AddLine({c.x - r, c.y}, {c.x - r * 0.3F, c.y + r * 0.8F}, ink, frame.px(2));
    list->AddLine({c.x - r * 0.3F, c.y + r * 0.8F}, {c.x + r, c.y - r * 0.8F}, ink, frame.px(2));
  } else {
    list->AddLine({c.x - r, c.y - r}, {c.x + r, c.y + r}, ink, frame.px(2));
    list->AddLine({c.x - r, c.y + r}, {c.x + r, c.y - r}, ink, frame.px(2));
  }
}

/// What stands before a choice: round for one of several, square for any of them; in it the choice's place.
void draw_box(const Frame& frame, ImVec2 c, Question::Kind kind, bool chosen, const std::string& number) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float r = frame.px(8.5F);
  const ImU32 line = frame.theme[chosen ? Color::blue : Color::line_strong];
  const float rounding = kind == Question::Kind::which ? r : frame.px(3);
  list->AddRectFilled({c.x - r, c.y - r}, {c.x + r, c.y + r}, frame.theme[Color::raised], rounding);
  list->AddRect({c.x - r, c.y - r}, {c.x + r, c.y + r}, line, rounding, 0, frame.px(chosen ? 2 : 1));
  if (!number.empty()) {
    const ImVec2 size = draw::measure(frame.fonts.mono, number);
    draw::text(frame.fonts.mono, {c.x - size.x / 2, c.y - size.y / 2}, frame.theme[Color::text], number);
  } else if (chosen) {
    list->AddCircleFilled(c, frame.px(4), frame.theme[Color::blue]);
  }
}

}  // namespace

void LessonPanel::choose(const Question& question, std::size_t choice) {
  const auto found = std::ranges::find(chosen_, choice);
  if (found != chosen_.end()) {
    chosen_.erase(found);
    return;
  }
  if (question.kind == Question::Kind::which) chosen_.clear();
  chosen_.push_back(choice);
}

void LessonPanel::choose_by_letters(const Question& question) {
  for (const ImWchar typed : ImGui::GetIO().InputQueueCharacters) {
    const auto choice = static_cast<std::size_t>(typed) - 'a';
    if (choice < std::min(question.choices.size(), kLetters)) choose(question, choice);
  }
}

void LessonPanel::give(Frame& frame, const Question& question) {
  LessonWish wish{LessonWish::Kind::answer, 0, {}};
  if (question.kind == Question::Kind::value) {
    wish.given.emplace_back(typed_.data());
  } else {
    for (const std::size_t choice : chosen_) wish.given.push_back(question.choices[choice].id);
  }
  frame.ui.lesson.push_back(std::move(wish));
  show_verdict();
}

void LessonPanel::draw_choices(Frame& frame, Flow& flow, const Question& question, const Asked& asked,
                               Showing showing, const KeptAnswer* answer) {
  const bool open = showing == Showing::open;
  ImFont* font = frame.fonts.words;
  const MarkedFonts fonts{font, frame.fonts};
  const float indent = frame.px(48);
  for (std::size_t i = 0; i < question.choices.size(); ++i) {
    const Choice& choice = question.choices[i];
    const MarkedText& words = asked.choices[i];
    const float left = flow.left + indent;
    const auto lines = wrap(fonts, words, std::max(flow.right - left - frame.px(6), 1.0F));
    const float height = static_cast<float>(lines.size()) * font->FontSize * kLine + frame.px(6);
    const Rect row{{flow.left, flow.y}, {flow.right, flow.y + height}};
    const float middle = flow.y + frame.px(3) + font->FontSize * kLine / 2;
    const std::size_t place = open                ? place_in(chosen_, i)
                              : answer == nullptr ? 0
                                                  : place_in(answer->given, choice.id);
    const bool chosen = open ? place < chosen_.size() : answer != nullptr && place < answer->given.size();
    if (open) {
      const Pressed pressed = frame.area("lesson.choice." + std::to_string(i), row);
      if (pressed.hovered || chosen) {
        ImGui::GetWindowDrawList()->AddRectFilled(
            row.min, row.max, frame.theme.tint(chosen ? Color::blue : Color::raised, chosen ? 0.14F : 1.0F),
            frame.px(5));
      }
      if (pressed.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
      if (pressed.primary) choose(question, i);
      if (i < kLetters)
        draw::text(frame.fonts.mono, {flow.left + frame.px(4), middle - frame.fonts.mono->FontSize / 2},
                   frame.theme[Color::text_dim], letter(i));
    } else {
      const std::size_t true_place = place_in(question.truth, i);
      const bool holds = true_place < question.truth.size();
      const bool ordered = question.kind == Question::Kind::order;
      const bool right = ordered ? chosen && place == true_place : holds;
      // A tick at what is right; a cross at what was said and is not.
      if (showing == Showing::judged && (right || chosen))
        draw_sign(frame, {flow.left + frame.px(9), middle}, right);
    }
    const bool in_order = question.kind == Question::Kind::order && chosen;
    draw_box(frame, {flow.left + frame.px(31), middle}, question.kind, chosen,
             in_order ? std::to_string(place + 1) : "");
    float y = flow.y + frame.px(3);
    for (const std::string_view line : lines) {
      draw_marked(fonts, {left, y}, frame.theme[Color::text], words, line);
      y += font->FontSize * kLine;
    }
    flow.y = row.max.y;
  }
}

bool LessonPanel::draw_field(Frame& frame, Flow& flow) {
  ImFont* mono = frame.fonts.mono;
  const float height = mono->FontSize + frame.px(14);
  const Rect box{{flow.left, flow.y}, {flow.right, flow.y + height}};
  frame.widgets.note("lesson.value", box);
  ImGui::SetCursorScreenPos(box.min);
  ImGui::PushFont(mono);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(frame.px(10), frame.px(7)));
  ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, frame.px(6));
  ImGui::PushStyleColor(ImGuiCol_FrameBg, frame.theme[Color::raised]);
  ImGui::PushStyleColor(ImGuiCol_Text, frame.theme[Color::text]);
  ImGui::PushStyleColor(ImGuiCol_TextDisabled, frame.theme[Color::text_dim]);
  ImGui::SetNextItemWidth(std::max(box.width(), 1.0F));
  if (std::exchange(focus_field_, false)) ImGui::SetKeyboardFocusHere();
  ImGui::InputTextWithHint("##lesson-value", kTypeValue.str(frame.ui.language).c_str(), typed_.data(),
                           typed_.size());
  // Enter itself takes the keyboard out of the field.
  const bool typing = ImGui::IsItemActive() || ImGui::IsItemDeactivated();
  const bool entered = typing && imgui_api::pressed(Key::enter);
  if (typing) frame.ui.new_words += typed_.data();
  ImGui::PopStyleColor(3);
  ImGui::PopStyleVar(2);
  ImGui::PopFont();
  flow.y = box.max.y + frame.px(6);
  return entered;
}

void LessonPanel::draw_asking(Frame& frame, Flow& flow, const Question& question, const Asked& asked) {
  const bool of_value = question.kind == Question::Kind::value;
  bool entered = false;
  if (of_value) {
    entered = draw_field(frame, flow);
  } else {
    draw_choices(frame, flow, question, asked, Showing::open, nullptr);
    flow.y += frame.px(2);
    tell(frame, flow, frame.fonts.words, Color::text_dim, frame.text(how_to_answer(question.kind)));
  }
  if (!frame.ui.lesson_problem.empty()) {
    const float top = flow.y;
    tell(frame, flow, frame.fonts.words, Color::red, frame.ui.lesson_problem);
    frame.widgets.note("lesson.problem", {{flow.left, top}, {flow.right, flow.y}});
  }
  flow.y += frame.px(6);
  float x = flow.left;
  const bool answers = button(frame, flow, x, "answer", frame.text(kAnswer), "Enter", true);
  const bool skips = button(frame, flow, x, "skip", frame.text(kSkip), "", false);
  end_of_buttons(frame, flow);
  if (skips) {
    frame.ui.lesson.push_back({LessonWish::Kind::skip, 0, {}});
    show_verdict();
  }
  // Enter belongs to what has the keyboard's focus; where nothing has, to the question.
  const bool keys = frame.press.has_keys() && !frame.ui.key_taken;
  const bool enter = keys && !entered && frame.press.focus().empty() && imgui_api::pressed(Key::enter);
  if (enter && of_value && typed_.front() == '\0') {
    focus_field_ = true;
  } else if (answers || enter || entered) {
    give(frame, question);
  }
  if (keys && !of_value) choose_by_letters(question);
}

void LessonPanel::draw_question(Frame& frame, Flow& flow, const LessonPlay& play, std::size_t index) {
  const LessonStop& stop = play.stop();
  const Question& question = stop.ask[index];
  const Asked& asked = asked_[index];
  const Answered answered = play.answered(question);
  ImDrawList* list = ImGui::GetWindowDrawList();
  flow.y += frame.px(8);
  list->AddLine({flow.left, flow.y}, {flow.right, flow.y}, frame.theme[Color::line]);
  flow.y += frame.px(8);
  if (stop.ask.size() > 1)
    tell(frame, flow, frame.fonts.words, Color::text_dim,
         fill(frame.text(kQuestion),
              {{"n", std::to_string(index + 1)}, {"of", std::to_string(stop.ask.size())}}));
  const std::string name = std::to_string(index);
  terms(frame, flow, frame.fonts.strong, Color::text, asked.text, "question." + name);
  flow.y += frame.px(4);
  if (answered == Answered::open) {
    draw_asking(frame, flow, question, asked);
    return;
  }
  const KeptAnswer* const answer = answer_to(play.progress(), stop.id, question.id);
  const bool unsaid = says_nothing(frame) && frame.ui.unsaid == key_of(stop, question);
  if (question.kind != Question::Kind::value) {
    draw_choices(frame, flow, question, asked, unsaid ? Showing::given : Showing::judged, answer);
  } else if (answer != nullptr && !answer->given.empty()) {
    tell(frame, flow, frame.fonts.words, Color::text_soft,
         fill(frame.text(kYouSaid), {{"given", on_one_line(answer->given.front())}}));
  }
  flow.y += frame.px(4);
  if (unsaid) {
    const float top = flow.y;
    tell(frame, flow, frame.fonts.strong, Color::text_soft,
         fill(frame.text(kUnsaid), {{"key", info(ActionId::caption).shortcut}}));
    frame.widgets.note("lesson.unsaid", {{flow.left, top}, {flow.right, flow.y}});
    return;
  }
  const bool right = answered == Answered::right;
  const float x = flow.left;
  draw_sign(frame, {x + frame.px(6), flow.y + frame.fonts.strong->FontSize * 0.6F}, right);
  flow.left += frame.px(20);
  const float top = flow.y;
  if (verdict_frames_ > 0 && index == verdict_of_) {
    --verdict_frames_;
    ImGui::SetScrollFromPosY(top - ImGui::GetWindowPos().y, 0.3F);
  }
  tell(frame, flow, frame.fonts.strong,
       right                         ? Color::green
       : answered == Answered::wrong ? Color::red
                                     : Color::text_soft,
       asked.verdict);
  frame.widgets.note("lesson.verdict." + name, {{flow.left, top}, {flow.right, flow.y}});
  terms(frame, flow, frame.fonts.words, Color::text, asked.because, "because." + name);
  flow.left = x;
  // What the answer was read from, where nothing before it is still to be asked.
  if (question.after == frame.view.position || question.after > frame.view.steps) return;
  flow.y += frame.px(4);
  float at = flow.left;
  if (button(frame, flow, at, "after." + name, frame.text(kShowMoment), "", false))
    frame.ui.lesson.push_back({LessonWish::Kind::after, index, {}});
  end_of_buttons(frame, flow);
}

}  // namespace gogoscope
