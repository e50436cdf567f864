// Bookmarks: set with a name, gone through with a remote's keys, kept.
#include "ui/bookmarks.h"

#include <gtest/gtest.h>

#include "tests/ui/drawn_texts.h"
#include "tests/ui/offscreen.h"

namespace gogoscope {
namespace {

using imgui_api::Key;

TEST(Bookmarks, are_in_the_order_of_their_states_one_for_each) {
  Bookmarks marks;
  marks.set({30, "c"});
  marks.set({10, "a"});
  marks.set({20, "b"});
  marks.set({20, "again"});
  ASSERT_EQ(marks.all().size(), 3U);
  EXPECT_EQ(marks.at(20)->name, "again");
  EXPECT_EQ(marks.at(21), nullptr);
  EXPECT_EQ(marks.after(10)->state, 20U);
  EXPECT_EQ(marks.before(10), nullptr);
  EXPECT_EQ(marks.before(25)->state, 20U);
  EXPECT_EQ(marks.after(30), nullptr);
  EXPECT_EQ(marks.number_of(*marks.at(30)), 3U);
  marks.remove(20);
  EXPECT_EQ(marks.all().size(), 2U);
}

class BookmarkKeys : public testing::Test {
 protected:
  void set(const char* state, const char* name) {
    ASSERT_TRUE(ui_.go(CommandId::run_to, state).ok());
    ui_.press(ActionId::bookmark);
    for (int i = 0; i < 3; ++i) ui_.frame();
    ui_.type(name);
    ui_.press(Key::enter);
  }
  Offscreen ui_;
};

TEST_F(BookmarkKeys, page_keys_go_from_one_to_the_next) {
  set("500", "the switch");
  set("900", "goexit0");
  ASSERT_EQ(ui_.app().bookmarks(), (std::vector<Bookmark>{{500, "the switch"}, {900, "goexit0"}}));
  ui_.go(CommandId::go_start);
  ui_.press(Key::page_down);
  EXPECT_EQ(ui_.cursor().position(), 500U);
  ui_.press(Key::page_down);
  EXPECT_EQ(ui_.cursor().position(), 900U);
  ui_.press(Key::page_down);
  EXPECT_EQ(ui_.cursor().position(), 900U);
  EXPECT_NE(ui_.app().ui().notice, "");
  ui_.press(Key::page_up);
  EXPECT_EQ(ui_.cursor().position(), 500U);
  EXPECT_TRUE(ui_.app().widgets().find("timeline.bookmark.900").has_value());
  // The same key takes it away.
  ui_.press(ActionId::bookmark);
  EXPECT_EQ(ui_.app().bookmarks().size(), 1U);
}

TEST_F(BookmarkKeys, without_bookmarks_page_keys_play_by_units) {
  ui_.press(Key::page_down);
  EXPECT_EQ(ui_.cursor().position(), 1U);
}

TEST_F(BookmarkKeys, a_note_is_for_the_terminal_once_each_time_and_never_for_the_room) {
  set("500", "the switch | Ask: where is SP?");
  ASSERT_EQ(ui_.app().bookmarks(), (std::vector<Bookmark>{{500, "the switch", "Ask: where is SP?"}}));
  ui_.app().ui().to_print.clear();
  ui_.press(CommandId::go_start);
  const DrawnTexts texts;
  ui_.press(Key::page_down);
  ASSERT_EQ(ui_.cursor().position(), 500U);
  EXPECT_EQ(ui_.app().ui().to_print, "1/1  the switch\nAsk: where is SP?\n\n");
  ui_.app().ui().to_print.clear();
  ui_.press(ActionId::theme);
  ui_.frame();
  EXPECT_EQ(ui_.app().ui().to_print, "");
  for (const DrawnText& text : texts.all())
    EXPECT_EQ(text.words.find("where is SP"), std::string::npos) << text.words;
  ui_.press(Key::right);
  ui_.press(Key::left);
  EXPECT_NE(ui_.app().ui().to_print, "");
}

TEST_F(BookmarkKeys, are_found_in_the_palette_by_name) {
  set("500", "the switch");
  ui_.go(CommandId::go_start);
  ui_.app().ui().palette = true;
  ui_.app().ui().palette_text = "the switch";
  for (int i = 0; i < 4; ++i) ui_.frame();
  ui_.press(Key::enter);
  EXPECT_EQ(ui_.cursor().position(), 500U);
}

}  // namespace
}  // namespace gogoscope
