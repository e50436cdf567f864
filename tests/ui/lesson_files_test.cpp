// A lesson and its files: answers that are exported and kept, and a lesson that its author edits while it is
// open.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "scenarios/lesson/json.h"
#include "tests/ui/offscreen.h"
#include "ui/overlays/start_rows.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

class InAFolder : public testing::Test {
 protected:
  InAFolder() : before_(fs::current_path()) {
    std::string pattern = (fs::temp_directory_path() / "gogoscope-lesson-XXXXXX").string();
    home_ = ::mkdtemp(pattern.data());
    fs::current_path(home_);
  }
  ~InAFolder() override {
    fs::current_path(before_);
    fs::remove_all(home_);
  }
  static std::string read(const fs::path& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  fs::path before_, home_;
};

TEST_F(InAFolder, answers_are_exported_as_the_verb_writes_them_and_replace_only_answers) {
  Offscreen ui(run_of("lessons/03-gogo"));
  ui.app().begin_lesson();
  ui.app().ui().lesson.push_back({LessonWish::Kind::answer, 0, {"a", "b", "c", "d"}});
  ui.frame();
  const fs::path file = home_ / "03-gogo-answers.json";
  for (int i = 0; i < 2; ++i) {
    ui.app().queue(ActionId::export_answers);
    ui.frame();
    EXPECT_FALSE(ui.app().ui().notice_is_error) << ui.app().ui().notice;
    EXPECT_EQ(read(file), answers_json(ui.app().lesson()->lesson(), ui.app().lesson()->progress()));
  }
  std::ofstream(file) << "mine\n";
  ui.app().queue(ActionId::export_answers);
  ui.frame();
  EXPECT_TRUE(ui.app().ui().notice_is_error);
  EXPECT_EQ(read(file), "mine\n");
}

std::string home_folder;  // of the settings in the next test
std::string in_home(const char* name) { return std::string(name) == "HOME" ? home_folder : ""; }

TEST_F(InAFolder, answers_are_kept_from_one_start_to_the_next) {
  home_folder = home_.string();
  KeptLessons kept;
  kept["03-gogo"] = {
      {"03-gogo", {{"runtime.execute#2", "order: a", {"x", "y"}, true}, {"end", "q", {}, false}}}, {1, 2, 6}};
  ASSERT_TRUE(SettingsFiles(in_home).save(kept));
  std::string complaint;
  const KeptLessons read = SettingsFiles(in_home).load_lessons(complaint);
  EXPECT_EQ(complaint, "");
  ASSERT_EQ(read.count("03-gogo"), 1U);
  const KeptLesson& one = read.at("03-gogo");
  ASSERT_EQ(one.progress.answers.size(), 2U);
  EXPECT_EQ(one.progress.answers[0].given, (std::vector<std::string>{"x", "y"}));
  EXPECT_TRUE(one.progress.answers[1].given.empty());
  EXPECT_EQ(one.score.answered, 2U);
  EXPECT_EQ(one.score.of, 6U);

  Library library;
  library.lessons = {{"/l/03-gogo.yaml", "lessons/03-gogo", {"gogo", "gogo"}, {}}};
  EXPECT_EQ(start_rows(library, {}, "gogo", Language::en, read)[1].note, "2 of 6 · lessons/03-gogo");
  EXPECT_EQ(start_rows(library, {}, "gogo", Language::en)[1].note, "lessons/03-gogo");
}

TEST(LessonOpened, from_the_start_page_begins_and_a_reload_stays_at_its_stop) {
  Offscreen ui;
  ui.app().open(GOGOSCOPE_SOURCE "/scenarios/lessons/03-gogo.yaml");
  ASSERT_NE(ui.app().lesson(), nullptr);
  EXPECT_EQ(ui.cursor().position(), ui.app().lesson()->stop().state);
  ui.app().ui().lesson.push_back({LessonWish::Kind::answer, 0, {"a", "b", "c", "d"}});
  ui.frame();
  ui.press(ActionId::forward);
  ASSERT_EQ(ui.app().lesson()->at(), 1U);
  ui.app().reload();
  ui.frame();
  ASSERT_NE(ui.app().lesson(), nullptr);
  EXPECT_EQ(ui.app().lesson()->at(), 1U);
  EXPECT_EQ(ui.app().lesson()->score().answered, 1U);
  // Another file has no lesson.
  ui.app().open(GOGOSCOPE_SOURCE "/scenarios/01-one-exit.yaml");
  EXPECT_EQ(ui.app().lesson(), nullptr);
}

/// A lesson that its author edits while it is open.
class LessonEdited : public InAFolder {
 protected:
  LessonEdited() : path_(home_ / "lessons/03-gogo.yaml") {
    fs::create_directory(home_ / "lessons");
    fs::create_directory_symlink(GOGOSCOPE_SOURCE "/scenarios/mutants", home_ / "mutants");
    text_ = read(GOGOSCOPE_SOURCE "/scenarios/lessons/03-gogo.yaml");
    write(text_);
    ui_.app().open(path_.string());
    EXPECT_NE(play(), nullptr) << ui_.app().ui().notice;
    answer();
    ui_.press(ActionId::forward);
    settle();
  }
  void settle() {
    for (int i = 0; i < 4; ++i) ui_.frame();
  }
  void answer() {
    ui_.app().ui().lesson.push_back({LessonWish::Kind::answer, 0, {"a", "b", "c", "d"}});
    settle();
  }
  void write(const std::string& text) { std::ofstream(path_) << text; }
  /// The text with something else in the place of the rest of a line.
  std::string with(const std::string& begins, const std::string& instead) const {
    std::string all = text_;
    const std::size_t at = all.find(begins);
    EXPECT_NE(at, std::string::npos) << begins;
    return all.replace(at, all.find('\n', at) - at, instead);
  }
  void reload_with(const std::string& text) {
    write(text);
    ui_.app().reload();
    settle();
  }
  const LessonPlay* play() { return ui_.app().lesson(); }

  fs::path path_;
  std::string text_;
  Offscreen ui_;
};

TEST_F(LessonEdited, stays_at_its_stop_when_another_comes_before_it) {
  ASSERT_NE(play(), nullptr);
  ASSERT_EQ(play()->at(), 1U);
  const std::string stop = play()->stop().id;
  reload_with(with("  stops:", "  stops:\n    - at: main.main\n      say: {en: New., zh: 新的。}"));
  ASSERT_NE(play(), nullptr) << ui_.app().ui().notice;
  EXPECT_EQ(play()->stop().id, stop);
  EXPECT_EQ(play()->at(), 2U);
  EXPECT_EQ(ui_.cursor().position(), play()->stop().state);
  EXPECT_EQ(play()->score().answered, 1U);
}

TEST_F(LessonEdited, a_stop_that_has_moved_is_gone_to) {
  const std::uint64_t before = play()->stop().state;
  reload_with(with("    - at: runtime.gogo+0x1a#2", "    - at: runtime.gogo+0x13#2"));
  ASSERT_NE(play(), nullptr) << ui_.app().ui().notice;
  EXPECT_EQ(play()->at(), 1U);
  EXPECT_LT(play()->stop().state, before);
  EXPECT_EQ(ui_.cursor().position(), play()->stop().state);
}

TEST_F(LessonEdited, with_a_mistake_shows_it_in_place_and_goes_on_when_it_is_mended) {
  const std::string stop = play()->stop().id;
  reload_with(with("  goal:", "  gaol:"));
  ASSERT_FALSE(ui_.app().view().errors->empty());
  EXPECT_TRUE(ui_.app().ui().desk.in_front(PanelId::scenario));
  EXPECT_NE(ui_.app().ui().notice.find("03-gogo.yaml:"), std::string::npos) << ui_.app().ui().notice;
  EXPECT_NE(ui_.app().view().scenario_text->find("gaol:"), std::string::npos) << "the line with the mistake";
  reload_with(text_);
  ASSERT_NE(play(), nullptr) << ui_.app().ui().notice;
  EXPECT_EQ(play()->stop().id, stop);
  EXPECT_EQ(ui_.cursor().position(), play()->stop().state);
  EXPECT_EQ(play()->score().answered, 1U);
}

TEST_F(LessonEdited, a_new_question_before_the_stop_hides_what_comes_after_it) {
  ui_.app().ui().lesson.push_back({LessonWish::Kind::skip, 0, {}});
  settle();
  ui_.app().queue(Command{CommandId::step});
  settle();
  reload_with(with("  stops:",
                   "  stops:\n    - at: main.main\n      say: {en: New., zh: 新的。}\n      ask:\n"
                   "        - {value: rsp, after: step, because: {en: x, zh: x}}"));
  ASSERT_NE(play(), nullptr) << ui_.app().ui().notice;
  EXPECT_EQ(play()->at(), 0U);
  EXPECT_LE(ui_.cursor().position(), play()->horizon());
}

TEST_F(LessonEdited, during_a_try_goes_back_to_the_stop) {
  while (!play()->at_last() || play()->open_question() != nullptr) {
    ui_.app().ui().lesson.push_back({LessonWish::Kind::skip, 0, {}});
    settle();
    if (play()->open_question() == nullptr) ui_.press(ActionId::forward);
  }
  const std::string stop = play()->stop().id;
  ui_.app().queue(std::get<Command>(parse_command("edit rax = 5", ui_.code())));
  settle();
  ASSERT_NE(ui_.app().trial(), nullptr);
  reload_with(text_);
  EXPECT_EQ(ui_.app().trial(), nullptr);
  ASSERT_NE(play(), nullptr);
  EXPECT_EQ(ui_.cursor().position(), play()->stop().state);
  EXPECT_EQ(play()->stop().id, stop) << "what was skipped on the way is not asked again";
}

}  // namespace
}  // namespace gogoscope
