// The scenario file as the window shows it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/ui/offscreen.h"
#include "ui/panels/scenario.h"
#include "ui/panels/yaml_colours.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

class ScenarioFile : public testing::Test {
 protected:
  ScenarioFile() {
    std::string pattern = (fs::temp_directory_path() / "gogoscope-scenario-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    good_ = *ui_.app().view().scenario_text;
  }
  ~ScenarioFile() override { fs::remove_all(folder_); }

  /// Shows a file with that text.
  const ScenarioPanel& show(const std::string& text) {
    std::ofstream(file()) << text;
    ui_.app().open(file());
    ui_.app().ui().desk.bring_forward(PanelId::scenario);
    ui_.frame();
    ui_.frame();
    return panel();
  }
  const ScenarioPanel& panel() { return ui_.app().panel<ScenarioPanel>(); }
  std::string file() const { return folder_ / "a.yaml"; }

  Offscreen ui_;
  fs::path folder_;
  std::string good_;
};

TEST_F(ScenarioFile, its_lines_are_the_file) {
  std::string together;
  for (const std::string& line : panel().lines()) together += line + "\n";
  EXPECT_EQ(together, good_);
  EXPECT_TRUE(panel().mistakes().empty());
}

TEST_F(ScenarioFile, a_mistake_is_shown_under_its_line) {
  const ScenarioPanel& panel = show(good_ + "colour: blue\n");
  ASSERT_EQ(panel.mistakes().size(), 1U);
  const ScenarioPanel::Mistake& mistake = panel.mistakes().front();
  EXPECT_EQ(mistake.line, panel.lines().size());
  EXPECT_EQ(mistake.column, 1);
  EXPECT_EQ(mistake.width, 6);
  EXPECT_NE(mistake.message.find("colour"), std::string::npos);
  const auto line = ui_.app().widgets().find("scenario.line." + std::to_string(mistake.line));
  const auto error = ui_.app().widgets().find("scenario.error.0");
  ASSERT_TRUE(line && error);
  EXPECT_FLOAT_EQ(error->min.y, line->max.y);
}

TEST_F(ScenarioFile, the_first_mistake_is_brought_into_sight) {
  show(good_ + "colour: blue\n");
  const Rect area = *ui_.app().widgets().find("panel.scenario");
  const Rect error = *ui_.app().widgets().find("scenario.error.0");
  EXPECT_GT(error.min.y, area.min.y);
  EXPECT_LT(error.max.y, area.max.y);
}

TEST_F(ScenarioFile, every_mistake_is_shown_in_order_of_lines) {
  const ScenarioPanel& panel = show("colour: blue\n" + good_ + "size: 3\n");
  ASSERT_EQ(panel.mistakes().size(), 2U);
  EXPECT_EQ(panel.mistakes()[0].line, 1U);
  EXPECT_EQ(panel.mistakes()[1].line, panel.lines().size());
}

TEST_F(ScenarioFile, a_repaired_file_has_no_marks) {
  show(good_ + "colour: blue\n");
  EXPECT_TRUE(show(good_).mistakes().empty());
  EXPECT_FALSE(ui_.app().widgets().find("scenario.error.0"));
}

TEST_F(ScenarioFile, of_a_long_file_only_what_is_in_sight_is_drawn) {
  show(good_ + std::string(5'000, '\n') + "colour: blue\n");
  int drawn = 0;
  for (const auto& [name, rect] : ui_.app().widgets().all())
    drawn += name.starts_with("scenario.line.") ? 1 : 0;
  EXPECT_GT(drawn, 3);
  EXPECT_LT(drawn, 100);
  EXPECT_TRUE(ui_.app().widgets().find("scenario.error.0"));
}

TEST(Scenario, mistakes_of_an_include_are_above_the_text) {
  View view;
  const std::string text = "title: x\nbodies: |\n  RET\n";
  const std::vector<Diagnostic> errors{
      {"more.s", 3, 1, 4, Message({"no such instruction", "没有这条指令"}), "MOVQQ", 1},
      {"a.yaml", 3, 3, 3, Message({"here", "这里"}), "  RET", 1}};
  view.scenario_text = &text;
  view.errors = &errors;
  ScenarioPanel panel;
  panel.rebuild(view, UiState());
  ASSERT_EQ(panel.mistakes().size(), 2U);
  EXPECT_EQ(panel.mistakes()[0].line, 0U);
  EXPECT_EQ(panel.mistakes()[0].message, "more.s:3: no such instruction");
  EXPECT_EQ(panel.mistakes()[1].line, 3U);
  UiState chinese;
  chinese.language = Language::zh;
  panel.rebuild(view, chinese);
  EXPECT_EQ(panel.mistakes()[0].message, "more.s:3: 没有这条指令");
}

TEST_F(ScenarioFile, mistakes_and_the_notice_are_in_the_language_of_the_window) {
  ui_.app().ui().language = Language::zh;
  const ScenarioPanel& panel = show(good_ + "colour: blue\n");
  ASSERT_EQ(panel.mistakes().size(), 1U);
  EXPECT_NE(panel.mistakes()[0].message.find("没有键 'colour'"), std::string::npos);
  EXPECT_NE(ui_.app().ui().notice.find("没有键 'colour'"), std::string::npos);
}

TEST(Scenario, a_mistake_beyond_the_text_is_not_lost) {
  View view;
  const std::string text;
  const std::vector<Diagnostic> errors{
      {"a.yaml", 1, 1, 1, Message({"this file cannot be read", "无法读取这个文件"}), "", 1}};
  view.scenario_text = &text;
  view.errors = &errors;
  ScenarioPanel panel;
  panel.rebuild(view, UiState());
  ASSERT_EQ(panel.mistakes().size(), 1U);
  EXPECT_EQ(panel.mistakes()[0].line, 0U);
}

TEST(Yaml, the_pieces_are_the_line) {
  YamlColours colours;
  for (const std::string line :
       {"title: {en: One: two, zh: \"一个 # 退出\"}  # a comment", "", "bodies: |",
        "  TEXT main·main(SB), $16-0 // c", "", "      RET", "events:", "  - {g: g2, to: 'dead'}",
        "'unclosed", "\"", ":", "a:b: c", "#", "- - x: [1, 2]", "url: http://x#y", "key: >-",
        "   text: no key", "next: 1"}) {
    std::string together;
    for (const Span& span : colours.next_line(line)) together += span.text;
    EXPECT_EQ(together, line);
  }
}

TEST(Yaml, keys_texts_and_comments_are_told_apart) {
  YamlColours colours;
  const auto color_of = [&](const std::string& line, std::string_view piece) {
    for (const Span& span : colours.next_line(line)) {
      if (span.text == piece) return span.color;
    }
    return Color::count;
  };
  EXPECT_EQ(color_of("title: x", "title"), Color::blue);
  EXPECT_EQ(color_of("  - status: {g: g2, from: dead}", "from"), Color::blue);
  EXPECT_EQ(color_of("a: \"b # c\" # d", "\"b # c\""), Color::green);
  EXPECT_EQ(color_of("a: \"b # c\" # d", "# d"), Color::text_dim);
  EXPECT_EQ(color_of("bodies: |", "bodies"), Color::blue);
  EXPECT_EQ(color_of("  loop: // again", "// again"), Color::text_dim);
  EXPECT_EQ(color_of("  loop: x", "  loop: x"), Color::text);
  EXPECT_EQ(color_of("events:", "events"), Color::blue);
}

}  // namespace
}  // namespace gogoscope
