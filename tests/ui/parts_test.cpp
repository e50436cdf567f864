// The parts that need neither a session nor a frame.
#include <gtest/gtest.h>

#include <set>

#include "ui/action.h"
#include "ui/desk.h"
#include "ui/highlight.h"
#include "ui/keys.h"
#include "ui/palette.h"
#include "ui/player.h"
#include "ui/text.h"
#include "ui/theme.h"

namespace gogoscope {
namespace {

int placeholders(std::string_view text) {
  int count = 0;
  for (std::size_t at = text.find("{}"); at != std::string_view::npos; at = text.find("{}", at + 2)) ++count;
  return count;
}

TEST(Texts, every_text_exists_in_both_languages_with_the_same_gaps) {
  int seen = 0;
  for (const Words* words = Words::first(); words != nullptr; words = words->next(), ++seen) {
    const std::string_view en = words->in(Language::en);
    const std::string_view zh = words->in(Language::zh);
    EXPECT_FALSE(en.empty()) << zh;
    EXPECT_FALSE(zh.empty()) << en;
    EXPECT_EQ(placeholders(en), placeholders(zh)) << en;
  }
  EXPECT_GT(seen, 50);
}

TEST(Actions, the_table_is_in_the_order_of_its_ids_and_every_row_is_whole) {
  std::set<std::string_view> names;
  for (const ActionInfo& action : actions()) {
    EXPECT_EQ(&info(action.id), &action);
    EXPECT_TRUE(names.insert(action.name).second) << action.name;
    EXPECT_EQ(action_by_name(action.name), &action);
    EXPECT_FALSE(action.help.en.empty() || action.help.zh.empty()) << action.name;
    EXPECT_EQ(command_by_name(action.name), nullptr) << action.name << " is a command, too";
  }
}

TEST(Keys, no_two_rows_of_the_tables_share_a_shortcut) {
  std::set<std::string_view> seen;
  for (const CommandInfo& command : commands()) {
    if (command.shortcut.empty()) continue;
    EXPECT_TRUE(seen.insert(command.shortcut).second) << command.shortcut;
  }
  for (const ActionInfo& action : actions()) {
    if (action.shortcut.empty()) continue;
    EXPECT_TRUE(seen.insert(action.shortcut).second) << action.shortcut;
    EXPECT_TRUE(parse_shortcut(action.shortcut).has_value()) << action.shortcut;
  }
}

TEST(Desk, the_table_is_in_the_order_of_its_ids_and_every_slot_has_a_panel) {
  std::set<Slot> slots;
  for (const PanelInfo& panel : panels()) {
    EXPECT_EQ(&info(panel.id), &panel);
    EXPECT_EQ(panel_by_name(panel.name), &panel);
    slots.insert(panel.slot);
  }
  EXPECT_EQ(slots.size(), static_cast<std::size_t>(Slot::count));
}

TEST(Player, plays_at_its_speed_and_no_faster) {
  Player player;
  player.toggle(false);
  int steps = 0;
  for (int i = 0; i < 100; ++i) steps += player.advance(0.1F).has_value() ? 1 : 0;
  EXPECT_NEAR(steps, 10 * player.speed(), 1);
  EXPECT_EQ(player.advance(100.0F), CommandId::step);
  EXPECT_EQ(player.advance(0.01F), std::nullopt);
  player.toggle(false);
  EXPECT_EQ(player.advance(100.0F), std::nullopt);
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

TEST(Keys, what_is_not_a_key_is_refused) {
  EXPECT_FALSE(parse_shortcut("F13").has_value());
  EXPECT_FALSE(parse_shortcut("Hyper+A").has_value());
  EXPECT_FALSE(parse_shortcut("").has_value());
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
