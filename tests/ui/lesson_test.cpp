// A lesson in the window: what is asked and answered, and what stays hidden.
#include "ui/panels/lesson.h"

#include <gtest/gtest.h>

#include <set>

#include "scenarios/told/event_text.h"
#include "tests/ui/drawn_texts.h"
#include "tests/ui/offscreen.h"
#include "ui/horizon.h"
#include "ui/link.h"
#include "ui/panels/timeline.h"

namespace gogoscope {
namespace {

using imgui_api::Key;

class LessonInWindow : public testing::Test {
 protected:
  LessonInWindow() {
    ui_.app().begin_lesson();
    settle();
  }
  void settle() {
    for (int i = 0; i < 4; ++i) ui_.frame();
  }
  const LessonPlay& play() { return *ui_.app().lesson(); }
  void skip() {
    ui_.app().ui().lesson.push_back({LessonWish::Kind::skip, 0, {}});
    settle();
  }
  void skip_stop() {
    while (play().open_question() != nullptr) skip();
  }

  Offscreen ui_{run_of("lessons/03-gogo")};
};

TEST_F(LessonInWindow, begins_at_its_first_stop_with_what_the_stop_points_at_in_front) {
  EXPECT_EQ(play().at(), 0U);
  EXPECT_EQ(ui_.cursor().position(), play().stop().state);
  EXPECT_TRUE(ui_.app().widgets().find("panel.lesson").has_value());
  EXPECT_TRUE(ui_.app().widgets().find("lesson.look.which-g").has_value());
  EXPECT_TRUE(ui_.app().widgets().find("lesson.look.m0.curg").has_value());
  EXPECT_TRUE(ui_.app().ui().desk.in_front(PanelId::structs));
}

TEST_F(LessonInWindow, begins_with_an_introduction_that_asks_nothing_and_goes_on_where_a_question_is_open) {
  Offscreen tour(run_of("tour"));
  tour.app().begin_lesson();
  ASSERT_NE(tour.app().lesson(), nullptr);
  const Lesson& lesson = tour.app().lesson()->lesson();
  ASSERT_TRUE(lesson.stops[0].ask.empty());
  EXPECT_EQ(tour.app().lesson()->at(), 0U);
  EXPECT_EQ(tour.cursor().position(), lesson.stops[0].state);
  const auto asks =
      std::ranges::find_if(lesson.stops, [](const LessonStop& stop) { return !stop.ask.empty(); });
  Progress some{lesson.name, {}};
  keep(some, *asks, asks->ask[0], {{}, true});
  EXPECT_EQ(LessonPlay(lesson, some).stop().state, std::next(asks)->state);
}

TEST_F(LessonInWindow, letters_choose_and_enter_answers_once) {
  const Question question = *play().open_question();
  ASSERT_EQ(question.kind, Question::Kind::order);
  for (const std::size_t choice : question.truth) ui_.type(letter(choice).c_str());
  EXPECT_EQ(ui_.app().panel<LessonPanel>().chosen(), question.truth);
  ui_.press(Key::enter);
  EXPECT_EQ(play().score().right, 1U);
  EXPECT_EQ(play().open_question(), nullptr);
  // There is nothing left to press: one try.
  settle();
  EXPECT_FALSE(ui_.app().widgets().find("lesson.choice.0").has_value());
  EXPECT_TRUE(ui_.app().widgets().find("lesson.verdict.0").has_value());
}

TEST_F(LessonInWindow, an_answer_that_is_none_is_refused_with_a_reason_and_may_be_given_again) {
  ASSERT_EQ(play().open_question()->kind, Question::Kind::order);
  ui_.type("a");
  ui_.press(Key::enter);
  settle();
  EXPECT_NE(ui_.app().ui().lesson_problem, "");
  EXPECT_TRUE(ui_.app().widgets().find("lesson.problem").has_value());
  EXPECT_NE(play().open_question(), nullptr);
  EXPECT_EQ(play().score().answered, 0U);
}

TEST_F(LessonInWindow, pages_go_from_stop_to_stop_and_wait_for_the_answer) {
  const std::uint64_t first = ui_.cursor().position();
  ui_.press(ActionId::forward);
  EXPECT_EQ(play().at(), 0U);
  EXPECT_TRUE(ui_.app().ui().notice_is_error);
  ASSERT_TRUE(ui_.click("lesson.skip"));
  ui_.press(ActionId::forward);
  EXPECT_EQ(play().at(), 1U);
  EXPECT_EQ(ui_.cursor().position(), play().stop().state);
  // From elsewhere the first press leads back to the stop.
  ui_.press(ActionId::backward);
  EXPECT_EQ(play().at(), 0U);
  EXPECT_EQ(ui_.cursor().position(), first);
}

TEST_F(LessonInWindow, no_command_leads_beyond_an_open_question) {
  const std::uint64_t horizon = play().horizon();
  ASSERT_EQ(ui_.cursor().position(), horizon);
  for (const CommandId id : {CommandId::step, CommandId::step_line, CommandId::step_out, CommandId::run,
                             CommandId::next_event, CommandId::next_handoff, CommandId::go_end}) {
    ui_.app().queue(Command{id});
    ui_.frame();
    EXPECT_EQ(ui_.cursor().position(), horizon) << info(id).name;
    EXPECT_TRUE(ui_.app().ui().notice_is_error) << info(id).name;
  }
  ui_.app().queue(Command{CommandId::run_to, Where::at_state(horizon + 1)});
  ui_.frame();
  EXPECT_EQ(ui_.cursor().position(), horizon);
  const std::uint64_t steps = ui_.session().trace().steps();
  const auto edit = parse_command("edit rax = 5", ui_.code());
  ui_.app().queue(std::get<Command>(edit));
  ui_.frame();
  EXPECT_EQ(ui_.session().trace().steps(), steps);
  // What is before it may be walked, and coming from there one stops at it.
  ui_.app().queue(Command{CommandId::go_start});
  ui_.frame();
  EXPECT_EQ(ui_.cursor().position(), 0U);
  ui_.app().queue(Command{CommandId::run});
  ui_.frame();
  EXPECT_EQ(ui_.cursor().position(), horizon);
  skip_stop();
  ui_.app().queue(Command{CommandId::step});
  ui_.frame();
  EXPECT_EQ(ui_.cursor().position(), horizon + 1);
}

TEST_F(LessonInWindow, says_of_a_question_of_the_next_stop_where_it_is) {
  skip_stop();
  ui_.app().queue(Command{CommandId::run});
  ui_.frame();
  ASSERT_EQ(ui_.cursor().position(), play().horizon());
  ui_.app().queue(Command{CommandId::step});
  ui_.frame();
  EXPECT_EQ(ui_.app().ui().notice, "A question comes here: PageDown goes to its stop.");
  ui_.app().queue(std::get<Command>(parse_command("edit rax = 5", ui_.code())));
  ui_.frame();
  EXPECT_EQ(ui_.app().ui().notice, "Nothing can be changed until all questions are answered or skipped.");
  const DrawnTexts texts;
  settle();
  EXPECT_TRUE(texts.say("What comes after the next question is hidden."));
  ui_.press(ActionId::forward);
  EXPECT_NE(play().open_question(), nullptr);
  settle();
  EXPECT_TRUE(texts.say("A question is open: what comes later is hidden."));
}

/// What would give the answer away: later events as they are told, reasons, how long the run is.
class Hidden : public testing::TestWithParam<const char*> {};

TEST_P(Hidden, no_text_on_the_screen_shows_what_comes_after_an_open_question) {
  Offscreen ui(run_of(std::string("lessons/") + GetParam()));
  App& app = ui.app();
  const std::vector<Event> events = ui.session().events();
  app.begin_lesson();
  const DrawnTexts texts;
  const Lesson lesson = app.lesson()->lesson();
  for (std::size_t stop = 0; stop < lesson.stops.size(); ++stop) {
    ASSERT_TRUE(app.go_to_stop(stop));
    while (const Question* question = app.lesson()->open_question()) {
      const std::uint64_t horizon = app.lesson()->horizon();
      for (const Language language : {Language::en, Language::zh}) {
        app.ui().language = language;
        const Narration narration(language);
        std::set<std::string> earlier, later;
        for (const Event& event : events)
          (event.step < horizon ? earlier : later).insert(event_text(event, ui.session().guest(), narration));
        for (const std::string& text : earlier) later.erase(text);
        const std::string because = question->because.in(language).substr(0, 24);
        for (int n = 0; n < kTabRounds; ++n) {
          bring_tabs_forward(app, n);
          for (int i = 0; i < 3; ++i) ui.draw_only();
          for (const DrawnText& text : texts.all()) {
            EXPECT_EQ(text.words.find(because), std::string::npos) << text.words;
            const bool whole = text.words.find("/ " + std::to_string(lesson.steps)) != std::string::npos;
            EXPECT_FALSE(whole && horizon < lesson.steps) << text.words;
            // The panel lists events to be put into order: that is the question.
            if (panel_of(text, app) == "lesson") continue;
            EXPECT_EQ(later.count(text.words), 0U) << panel_of(text, app) << ": " << text.words;
            EXPECT_EQ(text.words.find("answer:"), std::string::npos) << text.words;
          }
        }
        EXPECT_EQ(app.view().steps, horizon);
        for (const Mark& mark : app.panel<TimelinePanel>().marks()) EXPECT_LT(mark.step, horizon);
      }
      app.ui().lesson.push_back({LessonWish::Kind::skip, 0, {}});
      ui.frame();
    }
  }
  // Once nothing is asked any more, all of it is there.
  ui.frame();
  EXPECT_EQ(app.view().steps, lesson.steps);
  EXPECT_EQ(app.view().record_events->size(), events.size());
  EXPECT_EQ(app.panel<TimelinePanel>().marks().size(), events.size());
}
INSTANTIATE_TEST_SUITE_P(Lessons, Hidden, testing::Values("03-gogo", "06-goexit0", "15-break-it"));

TEST(HiddenFile, shows_what_runs_and_keeps_its_lines) {
  const std::string text =
      "title: {en: A, zh: B}\nlesson:\n  stops:\n    - answer: yes\nbodies: |\n  RET\nfinally: {exit: 0}\n";
  EXPECT_EQ(without_answers(text, "# later"),
            "title: {en: A, zh: B}\nlesson: # later\n\n\nbodies: |\n  RET\nfinally: # later\n");
}

TEST_F(LessonInWindow, an_edit_by_hand_is_left_again_with_one_key) {
  for (std::size_t i = 0; i < play().lesson().stops.size(); ++i) {
    ASSERT_TRUE(ui_.app().go_to_stop(i));
    skip_stop();
  }
  ASSERT_TRUE(ui_.app().go_to_stop(1));
  ui_.app().queue(std::get<Command>(parse_command("edit rax = 5", ui_.code())));
  ui_.frame();
  ASSERT_TRUE(ui_.app().trial() != nullptr);
  ui_.app().queue(Command{CommandId::run});
  settle();
  ui_.press(ActionId::backward);
  EXPECT_FALSE(ui_.app().trial() != nullptr);
  EXPECT_EQ(ui_.cursor().position(), play().stop().state);
  EXPECT_EQ(ui_.session().trace().steps(), play().lesson().steps);
}

TEST_F(LessonInWindow, a_line_is_not_left_out_while_a_question_is_open) {
  ui_.app().ui().leave_out = LeftOutLine{"runtime.goexit0", "dropg()"};
  settle();
  EXPECT_EQ(ui_.app().trial(), nullptr);
  EXPECT_TRUE(ui_.app().ui().notice_is_error);
  while (!play().at_last() || play().open_question() != nullptr) {
    skip_stop();
    if (!play().at_last()) {
      ASSERT_TRUE(ui_.app().go_to_stop(play().at() + 1));
    }
  }
  ui_.app().ui().leave_out = LeftOutLine{"runtime.goexit0", "dropg()"};
  settle();
  ASSERT_NE(ui_.app().trial(), nullptr);
  ui_.press(ActionId::backward);
  EXPECT_EQ(ui_.app().trial(), nullptr);
  EXPECT_EQ(ui_.cursor().position(), play().stop().state);
}

TEST_F(LessonInWindow, code_of_a_text_is_in_the_mono_font_without_its_marks) {
  // A lesson whose texts have backticks.
  Offscreen tour(run_of("tour"));
  tour.app().begin_lesson();
  ASSERT_TRUE(tour.app().go_to_stop(1));
  const DrawnTexts texts;
  for (int i = 0; i < 4; ++i) tour.frame();
  bool code = false;
  for (const DrawnText& text : texts.all()) {
    if (panel_of(text, tour.app()) != "lesson") continue;
    EXPECT_EQ(text.words.find('`'), std::string::npos) << text.words;
    EXPECT_EQ(text.words.find("**"), std::string::npos) << text.words;
    code = code || text.words == "CALL";
  }
  EXPECT_TRUE(code);
}

TEST_F(LessonInWindow, answers_survive_an_edited_lesson_and_an_unknown_question_is_left_out) {
  const Question question = *play().open_question();
  KeptLessons kept;
  Progress& progress = kept[play().lesson().name].progress;
  std::vector<std::string> given;
  for (const std::size_t one : question.truth) given.push_back(question.choices[one].id);
  // What is kept as right is not believed.
  progress.answers = {{play().stop().id, question.id, given, false},
                      {play().stop().id, "which: a question that is gone", {"yes"}, true}};
  ui_.app().set_lessons(kept);
  settle();
  EXPECT_EQ(play().progress().answers.size(), 1U);
  EXPECT_EQ(play().score().right, 1U);
  EXPECT_EQ(play().at(), 1U) << "goes on where a question is open";
  EXPECT_EQ(ui_.app().ui().lessons.at(play().lesson().name).score.answered, 1U);
}

TEST_F(LessonInWindow, leaving_it_shows_the_whole_run_and_taking_it_again_hides_it_again) {
  const std::uint64_t horizon = play().horizon();
  ui_.app().queue(ActionId::lesson);
  settle();
  EXPECT_EQ(ui_.app().lesson(), nullptr);
  EXPECT_FALSE(ui_.app().widgets().find("panel.lesson").has_value());
  ui_.app().queue(Command{CommandId::go_end});
  settle();
  EXPECT_GT(ui_.cursor().position(), horizon);
  ui_.app().queue(ActionId::lesson);
  settle();
  EXPECT_EQ(ui_.cursor().position(), horizon);
  EXPECT_EQ(ui_.app().view().steps, horizon);
}

TEST_F(LessonInWindow, a_term_under_the_mouse_or_the_keyboard_shows_its_entry) {
  std::string term;
  for (const Press::Area& area : ui_.app().press().areas()) {
    if (term.empty() && area.name.rfind("term.say.", 0) == 0) term = area.name;
  }
  ASSERT_NE(term, "");
  EXPECT_FALSE(ui_.app().widgets().find("term.entry").has_value());
  const Rect rect = *ui_.app().widgets().find(term);
  imgui_api::send_mouse_position(ImGui::GetIO(), rect.center().x, rect.center().y);
  const DrawnTexts texts;
  settle();
  EXPECT_TRUE(ui_.app().widgets().find("term.entry").has_value());
  const bool chinese = std::any_of(texts.all().begin(), texts.all().end(), [](const DrawnText& text) {
    return !in_root(text) && text.words.find("。") != std::string::npos;
  });
  EXPECT_TRUE(chinese) << "both languages";
  imgui_api::send_mouse_position(ImGui::GetIO(), 0, 0);
  settle();
  EXPECT_FALSE(ui_.app().widgets().find("term.entry").has_value());
  // Tab walks to it; F2 shows it, and is no edit there.
  for (int i = 0; i < 20 && ui_.app().press().focus_group() != "lesson"; ++i) ui_.press(Key::f6);
  for (int i = 0; i < 60 && ui_.app().press().focus() != term; ++i) ui_.press(Key::tab);
  ASSERT_EQ(ui_.app().press().focus(), term);
  ui_.press(Key::f2);
  settle();
  EXPECT_TRUE(ui_.app().widgets().find("term.entry").has_value());
  EXPECT_FALSE(ui_.app().ui().palette);
  ui_.press(Key::escape);
  settle();
  EXPECT_FALSE(ui_.app().widgets().find("term.entry").has_value());
}

TEST_F(LessonInWindow, what_is_right_waits_in_presenter_mode_until_it_is_asked_for) {
  ui_.press(ActionId::presenter);
  ui_.press(ActionId::caption);
  settle();
  const DrawnTexts texts;
  const auto seen = [&](std::string_view words) {
    settle();
    return texts.say(words);
  };
  const std::string because = play().open_question()->because.en.substr(0, 16);
  ASSERT_TRUE(seen("0 of 6 right"));
  ui_.app().ui().lesson.push_back({LessonWish::Kind::answer, 0, {"a", "b", "c", "d"}});
  settle();
  ASSERT_EQ(play().score().answered, 1U);
  EXPECT_TRUE(ui_.app().widgets().find("lesson.unsaid").has_value());
  EXPECT_FALSE(ui_.app().widgets().find("lesson.verdict.0").has_value());
  EXPECT_FALSE(seen(because));
  EXPECT_FALSE(seen("of 6 right")) << "nor does the sum say it";
  EXPECT_TRUE(ui_.app().view().hidden) << "nor do the events that follow";
  EXPECT_EQ(ui_.app().view().steps, play().stop().state);
  ui_.press(ActionId::caption);
  settle();
  EXPECT_GT(ui_.app().view().steps, play().stop().state);
  EXPECT_TRUE(ui_.app().widgets().find("lesson.verdict.0").has_value());
  EXPECT_TRUE(seen(because));
  EXPECT_TRUE(seen("of 6 right"));
  // What was told stays told; the next answer waits again.
  ui_.press(ActionId::forward);
  ASSERT_EQ(play().at(), 1U);
  skip();
  EXPECT_TRUE(ui_.app().widgets().find("lesson.unsaid").has_value());
  ui_.press(ActionId::caption);
  EXPECT_TRUE(ui_.app().ui().caption_hidden);
  ui_.press(ActionId::caption);
  EXPECT_FALSE(ui_.app().ui().caption_hidden);
}

TEST_F(LessonInWindow, presenter_mode_says_why_it_does_not_go_on) {
  ui_.press(ActionId::presenter);
  const DrawnTexts texts;
  ui_.press(ActionId::forward);
  settle();
  EXPECT_EQ(play().at(), 0U);
  EXPECT_TRUE(texts.say("Answer the question first"));
}

TEST_F(LessonInWindow, presenter_mode_shows_it_in_place_of_the_source) {
  ui_.press(ActionId::presenter);
  settle();
  EXPECT_TRUE(ui_.app().widgets().find("panel.lesson").has_value());
  EXPECT_FALSE(ui_.app().widgets().find("panel.source").has_value());
}

}  // namespace
}  // namespace gogoscope
