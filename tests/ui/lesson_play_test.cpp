// All lessons, played in the window: every stop in both languages and at two scales, right answers and wrong
// ones by clicks.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "tests/ui/offscreen.h"
#include "tests/ui/text_places.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;
using imgui_api::Key;

std::vector<std::string> all_lessons() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(GOGOSCOPE_SOURCE "/scenarios/lessons")) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class EveryLesson : public testing::TestWithParam<std::string> {
 protected:
  /// A widget of the panel is scrolled to before it is clicked, as a hand would.
  static bool click(Offscreen& ui, const std::string& widget) {
    for (int i = 0; i < 40; ++i) {
      const auto rect = ui.app().widgets().find(widget);
      const auto panel = ui.app().widgets().find("panel.lesson");
      if (!rect || !panel) return false;
      const bool below = rect->center().y > panel->max.y - 12;
      const bool above = rect->center().y < panel->min.y + 40;
      if (!below && !above) return ui.click(widget);
      ImGuiIO& io = ImGui::GetIO();
      imgui_api::send_mouse_position(io, panel->center().x, panel->center().y);
      ui.frame();
      imgui_api::send_wheel(io, below ? -1.0F : 1.0F);
      ui.frame();
      ui.frame();
    }
    return false;
  }

  static void answer(Offscreen& ui, const Question& question, bool right) {
    std::vector<std::size_t> choices = question.truth;
    switch (question.kind) {
      case Question::Kind::value: {
        ASSERT_TRUE(click(ui, "lesson.value")) << question.id;
        ui.type(std::to_string(question.value + (right ? 0 : 1)).c_str());
        ui.press(Key::enter);
        return;
      }
      case Question::Kind::which:
        if (!right) choices = {(choices.front() + 1) % question.choices.size()};
        break;
      case Question::Kind::changes:
        if (!right && std::erase(choices, 0U) == 0) choices.push_back(0);
        break;
      case Question::Kind::order:
        if (!right) std::swap(choices[0], choices[1]);
        break;
    }
    for (const std::size_t choice : choices)
      ASSERT_TRUE(click(ui, "lesson.choice." + std::to_string(choice))) << question.id;
    ASSERT_TRUE(click(ui, "lesson.answer")) << question.id;
  }

  static std::string said(const TrialEnd& end) {
    std::string all = end.invariant + std::to_string(end.state);
    for (const Text& line : end.end) all += "\n" + line.en;
    return all;
  }

  /// Both languages, each text where it is shown.
  static void look(Offscreen& ui, const DrawnTexts& texts, const std::string& where) {
    for (const Language language : {Language::zh, Language::en}) {
      ui.app().ui().language = language;
      for (int i = 0; i < 4; ++i) ui.draw_only();
      for (const auto& [what, place] : misplaced_texts(texts.all(), ui.app()))
        ADD_FAILURE() << what << "\n  " << place << "\n  at " << where
                      << (language == Language::zh ? ", zh" : ", en");
    }
  }

  static void play(float scale, bool right) {
    Offscreen ui(run_of("lessons/" + GetParam()), {1600 * scale, 1000 * scale}, scale);
    ui.app().begin_lesson();
    const DrawnTexts texts;
    ui.frame();
    ASSERT_NE(ui.app().lesson(), nullptr);
    const Lesson lesson = ui.app().lesson()->lesson();
    for (std::size_t i = 0; i < lesson.stops.size(); ++i) {
      const LessonStop& stop = lesson.stops[i];
      const std::string where = stop.id + " at " + std::to_string(scale);
      for (int n = 0; n < 3; ++n) ui.frame();
      ASSERT_EQ(ui.app().lesson()->at(), i) << where;
      ASSERT_EQ(ui.cursor().position(), stop.state) << where;
      look(ui, texts, where);
      for (const Question& question : stop.ask) {
        answer(ui, question, right);
        const KeptAnswer* kept = answer_to(ui.app().lesson()->progress(), stop.id, question.id);
        ASSERT_NE(kept, nullptr) << where << ": " << question.id << ": " << ui.app().ui().lesson_problem;
        EXPECT_EQ(kept->right, right) << where << ": " << question.id;
      }
      if (!stop.ask.empty()) look(ui, texts, where + ", answered");
      ui.press(ActionId::forward);
    }
    const LessonScore score = ui.app().lesson()->score();
    EXPECT_EQ(score.answered, score.of);
    EXPECT_EQ(score.right, right ? score.of : 0);
    EXPECT_FALSE(ui.app().lesson()->hides());
  }
};

/// Small screens: the question and how to answer it are in sight, nothing scrolls sideways, no text leaves
/// its place, and one of the panels that the stop points at is seen.
TEST_P(EveryLesson, fits_a_small_screen) {
  struct Screen {
    ImVec2 size;
    bool presenter;
  };
  for (const auto& [size, presenter] :
       {Screen{{1280, 720}, false}, Screen{{1280, 720}, true}, Screen{{1024, 700}, false}}) {
    Offscreen ui(run_of("lessons/" + GetParam()), size);
    ui.app().ui().presenter = presenter;
    ui.app().begin_lesson();
    const DrawnTexts texts;
    const std::size_t stops = ui.app().lesson()->lesson().stops.size();
    for (std::size_t i = 0; i < stops; ++i) {
      ASSERT_TRUE(ui.app().go_to_stop(i));
      const LessonStop stop = ui.app().lesson()->stop();
      const std::string where = stop.id + ", " + std::to_string(size.x) + (presenter ? ", presenter" : "");
      for (int n = 0; n < 5; ++n) ui.frame();
      for (const Language language : {Language::zh, Language::en}) {
        ui.app().ui().language = language;
        for (int n = 0; n < 4; ++n) ui.draw_only();
        const std::string in = where + (language == Language::zh ? ", zh" : ", en");
        for (const auto& [what, place] : misplaced_texts(texts.all(), ui.app()))
          ADD_FAILURE() << what << "\n  " << place << "\n  at " << in;
        const auto panel = ui.app().widgets().find("panel.lesson");
        ASSERT_TRUE(panel) << in;
        const auto answer = ui.app().widgets().find("lesson.answer");
        if (answer && size.x > 1100) {
          EXPECT_LE(answer->max.y, panel->max.y)
              << in << ": the answer is out of sight by " << answer->max.y - panel->max.y;
        }
        // Nothing of the window is to the right of it.
        int lit = 0, seen = 0;
        for (const auto& [name, rect] : ui.app().widgets().all()) {
          if (name.starts_with("panel.")) {
            EXPECT_LE(rect.max.x, size.x) << name << " at " << in;
          }
          if (!name.starts_with("lesson.look.")) continue;
          ++lit;
          if (rect.center().y > 0 && rect.center().y < size.y) ++seen;
        }
        EXPECT_TRUE(lit == 0 || seen > 0) << "nothing that is lit is in sight at " << in;
      }
      while (ui.app().lesson()->open_question() != nullptr) {
        ui.app().ui().lesson.push_back({LessonWish::Kind::skip, 0, {}});
        ui.app().execute_queued();
      }
    }
  }
}

TEST_P(EveryLesson, is_played_with_right_answers_and_all_its_texts_are_seen) { play(1, true); }
TEST_P(EveryLesson, is_played_with_wrong_answers_at_twice_the_scale) { play(2, false); }

TEST_P(EveryLesson, what_it_says_to_try_can_be_tried_and_left_again) {
  Offscreen ui(run_of("lessons/" + GetParam()));
  App& app = ui.app();
  app.begin_lesson();
  const Lesson lesson = app.lesson()->lesson();
  const auto skip_all = [&] {
    while (app.lesson()->open_question() != nullptr) {
      app.ui().lesson.push_back({LessonWish::Kind::skip, 0, {}});
      app.execute_queued();
    }
  };
  for (std::size_t i = 0; i < lesson.stops.size(); ++i) {
    ASSERT_TRUE(app.go_to_stop(i));
    skip_all();
  }
  for (std::size_t i = 0; i < lesson.stops.size(); ++i) {
    const LessonStop& stop = lesson.stops[i];
    if (stop.edit.empty() && stop.opens.empty()) continue;
    ASSERT_TRUE(app.go_to_stop(i));
    for (int n = 0; n < 4; ++n) ui.frame();
    ASSERT_TRUE(click(ui, "lesson.try")) << stop.id << ": " << app.ui().notice;
    ASSERT_TRUE(app.trial() != nullptr) << app.ui().notice;
    const Trial trial = *app.trial();
    ASSERT_TRUE(trial.intact && trial.changed);
    EXPECT_EQ(trial.intact->invariant, "") << stop.id;
    // Something comes of it that the intact run does not show.
    EXPECT_NE(said(*trial.changed), said(*trial.intact)) << stop.id;
    EXPECT_EQ(ui.cursor().position(), trial.changed->state) << stop.id;
    // One key: PageUp, PageDown or Esc.
    ui.press(std::array{ActionId::close, ActionId::backward, ActionId::forward}[i % 3]);
    EXPECT_FALSE(app.trial() != nullptr);
    EXPECT_EQ(ui.cursor().position(), stop.state);
    EXPECT_EQ(ui.session().trace().steps(), lesson.steps);
    EXPECT_EQ(app.lesson()->at(), i);
  }
}

INSTANTIATE_TEST_SUITE_P(Shipped, EveryLesson, testing::ValuesIn(all_lessons()), [](const auto& of) {
  std::string name = of.param;
  for (char& c : name) c = c == '-' ? '_' : c;
  return "lesson_" + name;
});

}  // namespace
}  // namespace gogoscope
