// The start page and the chooser of files.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/ui/offscreen.h"
#include "ui/overlays/start_rows.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;
using imgui_api::Key;
using Kind = StartRow::Kind;

const std::string kScenarios = GOGOSCOPE_SOURCE "/scenarios/";

Library two_topics() {
  Library library;
  library.examples = {
      {kScenarios + "01-one-exit.yaml", "01-one-exit", {"One goroutine exits", "一个退出"}, {"Exit", "退出"}},
      {kScenarios + "03-spawn-chain.yaml", "03-spawn-chain", {"A chain", "一串"}, {"Exit", "退出"}},
      {kScenarios + "20-second-p.yaml", "20-second-p", {"A second P", "第二个 P"}, {"Threads", "线程"}}};
  return library;
}

std::vector<std::string> words_of(const std::vector<StartRow>& rows) {
  std::vector<std::string> words;
  for (const StartRow& row : rows) words.push_back((row.kind == Kind::heading ? "# " : "") + row.words);
  return words;
}

TEST(StartRows, show_examples_under_their_topics_and_what_is_typed_in_either_language) {
  const Library library = two_topics();
  EXPECT_EQ(words_of(start_rows(library, {}, "", Language::en)),
            (std::vector<std::string>{"Step through what is open", "Open a file", "# Exit",
                                      "One goroutine exits", "A chain", "# Threads", "A second P"}));
  EXPECT_EQ(words_of(start_rows(library, {}, "一串", Language::en)),
            (std::vector<std::string>{"# Exit", "A chain"}));
  EXPECT_EQ(words_of(start_rows(library, {"/x/mine.yaml"}, "mine", Language::en)),
            (std::vector<std::string>{"# Opened recently", "mine.yaml"}));
  EXPECT_EQ(words_of(start_rows(library, {}, "nothing of the sort", Language::en)),
            std::vector<std::string>{"# Nothing here fits."});
}

TEST(StartRows, show_lessons_first_and_in_their_order) {
  Library library = two_topics();
  library.lessons = {{"/l/2", "lessons/02", {"Second", "二"}, {}},
                     {"/l/1", "lessons/01", {"First", "一"}, {}}};
  const std::vector<std::string> words = words_of(start_rows(library, {}, "", Language::en));
  EXPECT_EQ((std::vector<std::string>(words.begin() + 2, words.begin() + 5)),
            (std::vector<std::string>{"# Lessons", "Second", "First"}));
}

class Folder : public testing::Test {
 protected:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "gogoscope-start-XXXXXX").string();
    home_ = ::mkdtemp(pattern.data());
    fs::create_directories(home_ / "inner");
    for (const char* name : {"b.yaml", "a.yaml", ".hidden.yaml", "inner/c.yaml"})
      std::ofstream(home_ / name) << "";
  }
  ~Folder() override { fs::remove_all(home_); }
  std::vector<std::string> list(const std::string& typed) {
    return words_of(file_rows(home_.string() + "/" + typed, Language::en));
  }
  fs::path home_;
};

TEST_F(Folder, folders_come_before_files_and_hidden_ones_only_when_asked_for) {
  EXPECT_EQ(list(""), (std::vector<std::string>{"..", "inner", "a.yaml", "b.yaml"}));
  EXPECT_EQ(list("b"), std::vector<std::string>{"b.yaml"});
  EXPECT_EQ(list("yaml"), (std::vector<std::string>{"a.yaml", "b.yaml"}));
  EXPECT_EQ(list(".h"), std::vector<std::string>{".hidden.yaml"});
  EXPECT_EQ(list("inner/"), (std::vector<std::string>{"..", "c.yaml"}));
  EXPECT_EQ(list("nowhere/"), std::vector<std::string>{"# This folder cannot be read."});
}

TEST_F(Folder, the_way_up_leads_to_the_folder_above) {
  const std::vector<StartRow> rows = file_rows(home_.string() + "/inner/", Language::en);
  ASSERT_EQ(rows.front().kind, Kind::folder);
  EXPECT_EQ(rows.front().path, fs::weakly_canonical(home_).string() + "/");
  EXPECT_NE(file_rows("/", Language::en).front().words, "..");
}

TEST_F(Folder, a_file_of_bytes_is_answered_and_leaves_the_letters_as_they_were) {
  Offscreen ui;
  std::ofstream(home_ / "bytes.yaml", std::ios::binary) << std::string("title: a\0b\1\xff\n", 14);
  ui.app().ui().to_open = (home_ / "bytes.yaml").string();
  for (int i = 0; i < 3; ++i) ui.frame();
  EXPECT_TRUE(ui.app().ui().notice_is_error);
  for (const ImFont* font : ImGui::GetIO().Fonts->Fonts) EXPECT_TRUE(font->IsLoaded());
}

class StartPageKeys : public testing::Test {
 protected:
  StartPageKeys() {
    ui_.app().set_library(two_topics);
    ui_.app().ui().start = StartMode::page;
    for (int i = 0; i < 4; ++i) ui_.frame();
  }
  Offscreen ui_;
};

TEST_F(StartPageKeys, what_is_typed_finds_an_example_and_enter_opens_it_where_user_code_begins) {
  EXPECT_TRUE(ui_.app().widgets().find("start").has_value());
  ui_.type("second");
  ui_.press(Key::enter);
  EXPECT_EQ(ui_.app().ui().start, StartMode::none);
  EXPECT_EQ(ui_.app().path(), kScenarios + "20-second-p.yaml");
  const Function* function = ui_.code().place(ui_.cursor().state().pc()).function;
  ASSERT_NE(function, nullptr);
  EXPECT_EQ(function->kind, FunctionKind::task);
  EXPECT_GT(ui_.cursor().position(), 0U);
  ui_.press(CommandId::go_start);
  EXPECT_EQ(ui_.cursor().position(), 0U);
  ASSERT_FALSE(ui_.app().ui().recent.empty());
  EXPECT_EQ(fs::path(ui_.app().ui().recent.front()).filename(), "20-second-p.yaml");
}

TEST_F(StartPageKeys, escape_goes_on_with_the_run_that_is_loaded) {
  ui_.press(Key::escape);
  EXPECT_EQ(ui_.app().ui().start, StartMode::none);
  EXPECT_EQ(ui_.app().path(), "");
}

TEST_F(StartPageKeys, a_click_opens_too) {
  // Rows: go on, open, a heading, then the first example.
  ASSERT_TRUE(ui_.click("start.row.3"));
  EXPECT_EQ(ui_.app().path(), kScenarios + "01-one-exit.yaml");
}

TEST_F(StartPageKeys, the_chooser_walks_folders_and_opens_a_file) {
  // The chooser begins beside the file that is shown.
  ui_.app().ui().path = kScenarios + "02-two-exits.yaml";
  ui_.press(ActionId::open_file);
  for (int i = 0; i < 4; ++i) ui_.frame();
  EXPECT_EQ(ui_.app().ui().start, StartMode::files);
  ui_.type("01-one");
  ui_.press(Key::enter);
  EXPECT_EQ(ui_.app().path(), kScenarios + "01-one-exit.yaml");
}

TEST_F(StartPageKeys, the_menu_leads_to_files_and_to_recent_ones) {
  ui_.press(Key::escape);
  ui_.app().ui().recent = {kScenarios + "03-spawn-chain.yaml"};
  ui_.press(ActionId::menu);
  ASSERT_TRUE(ui_.click("window-menu.recent.0"));
  EXPECT_EQ(ui_.app().path(), kScenarios + "03-spawn-chain.yaml");
  ui_.press(ActionId::menu);
  ASSERT_TRUE(ui_.click("window-menu.open"));
  EXPECT_EQ(ui_.app().ui().start, StartMode::files);
}

TEST_F(StartPageKeys, a_scenario_with_mistakes_is_shown_with_them) {
  ui_.app().ui().to_open = GOGOSCOPE_SOURCE "/tests/cli/cases/check_mistakes/mistakes.yaml";
  ui_.app().ui().start = StartMode::none;
  for (int i = 0; i < 3; ++i) ui_.frame();
  EXPECT_TRUE(ui_.app().ui().desk.in_front(PanelId::scenario));
  EXPECT_TRUE(ui_.app().ui().notice_is_error);
}

// A frame that is due must not wait for the next event.
TEST(Settling, a_window_in_which_something_has_changed_is_drawn_until_it_is_at_rest) {
  Offscreen ui;
  const auto rest = [&] {
    int frames = 0;
    while (ui.app().wakes_in() == 0.0F && frames < 20) {
      ui.app().advance(0.1F);
      ui.frame();
      ++frames;
    }
    return frames;
  };
  EXPECT_LT(rest(), 20);
  EXPECT_EQ(ui.app().wakes_in(), std::nullopt);
  ui.app().queue(Command{CommandId::run_to, Where::at_state(700)});
  ui.app().execute_queued();
  EXPECT_EQ(ui.app().wakes_in(), 0.0F);
  EXPECT_GE(rest(), 3);
  // The same for what play does by itself.
  ui.app().queue(ActionId::play);
  ui.frame();
  rest();
  ui.app().advance(10);
  EXPECT_EQ(ui.app().wakes_in(), 0.0F);
}

}  // namespace
}  // namespace gogoscope
