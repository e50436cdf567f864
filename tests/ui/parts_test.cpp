// The parts that need neither a session nor a frame.
#include <gtest/gtest.h>

#include <set>

#include "ui/highlight.h"
#include "ui/keys.h"
#include "ui/palette.h"
#include "ui/text.h"
#include "ui/theme.h"

namespace gogoscope {
namespace {

TEST(Texts, every_phrase_exists_in_both_languages) {
  for (int i = 0; i < static_cast<int>(Phrase::count); ++i) {
    for (const Language language : {Language::en, Language::zh}) {
      EXPECT_FALSE(text(static_cast<Phrase>(i), language).empty()) << i;
    }
  }
}

TEST(Texts, every_command_has_a_label_of_its_own) {
  for (const Language language : {Language::en, Language::zh}) {
    std::set<std::string_view> seen;
    for (const CommandInfo& command : commands()) {
      EXPECT_FALSE(label(command.id, language).empty()) << command.name;
      EXPECT_TRUE(seen.insert(label(command.id, language)).second) << command.name;
    }
  }
}

TEST(Keys, every_shortcut_of_the_table_names_a_key) {
  for (const CommandInfo& command : commands()) {
    if (command.shortcut.empty()) continue;
    EXPECT_TRUE(parse_shortcut(command.shortcut).has_value()) << command.name << " " << command.shortcut;
  }
}

TEST(Keys, a_shortcut_may_have_modifiers) {
  const auto shortcut = parse_shortcut("Ctrl+Shift+F12");
  ASSERT_TRUE(shortcut.has_value());
  EXPECT_TRUE(shortcut->ctrl && shortcut->shift && !shortcut->alt);
  EXPECT_EQ(shortcut->key, imgui_api::Key::f12);
}

TEST(Keys, what_is_no_key_is_refused) {
  EXPECT_FALSE(parse_shortcut("F13").has_value());
  EXPECT_FALSE(parse_shortcut("Hyper+A").has_value());
  EXPECT_FALSE(parse_shortcut("").has_value());
}

TEST(Palette, a_command_and_its_argument_are_parted_at_the_first_space) {
  const auto parsed = parse_command("  run-to runtime.goexit0:\"gp.m = nil\" ", Language::en);
  const Command* command = std::get_if<Command>(&parsed);
  ASSERT_NE(command, nullptr);
  EXPECT_EQ(command->id, CommandId::run_to);
  EXPECT_EQ(command->argument, "runtime.goexit0:\"gp.m = nil\"");
}

TEST(Palette, a_wrong_line_is_answered_in_words) {
  EXPECT_EQ(std::get<std::string>(parse_command("jump", Language::en)), "No such command: jump");
  EXPECT_EQ(std::get<std::string>(parse_command("run-to", Language::zh)), "run-to 需要一个参数");
}

TEST(Themes, text_can_be_read_on_panels) {
  for (const ThemeId id : {ThemeId::dark, ThemeId::light}) {
    const Theme& colours = theme(id);
    for (const Color ink : {Color::text, Color::text_soft, Color::text_dim, Color::blue, Color::orange,
                            Color::green, Color::purple, Color::yellow, Color::red}) {
      EXPECT_GE(contrast(colours.rgb(ink), colours.rgb(Color::panel)), 4.5)
          << static_cast<int>(id) << " " << static_cast<int>(ink);
    }
  }
}

TEST(Highlight, the_pieces_are_the_line) {
  for (const std::string_view line :
       {"    MOVQ    gobuf_g(BX), DX", "\tif x != nil { // a \"comment\"", "",
        "loop:", "  throw(\"gosched: bad g\")", "    MOVQ $0, gobuf_sp(BX) // 恢复"}) {
    for (const auto language : {SourceFile::Language::plan9, SourceFile::Language::go}) {
      std::string together;
      for (const Span& span : highlight(line, language)) together += span.text;
      EXPECT_EQ(together, line);
    }
  }
}

}  // namespace
}  // namespace gogoscope
