// Palette, help and the menu of a link, by mouse and by keys.
#include <gtest/gtest.h>

#include "tests/ui/offscreen.h"
#include "ui/link.h"

namespace gogoscope {
namespace {

using imgui_api::Key;

class Palette : public testing::Test {
 protected:
  /// Opens it and waits until the field has the keyboard.
  void open(const char* text = "") {
    ui_.press(ActionId::palette);
    for (int i = 0; i < 3; ++i) ui_.frame();
    if (*text != '\0') ui_.type(text);
  }
  bool shows(std::string_view widget) { return ui_.app().widgets().find(widget).has_value(); }
  bool is_open() { return ui_.app().ui().palette; }
  Offscreen ui_;
};

TEST_F(Palette, it_opens_by_key_with_the_keyboard_in_its_field) {
  open();
  EXPECT_TRUE(ImGui::GetIO().WantTextInput);
  EXPECT_TRUE(shows("palette.input"));
  EXPECT_TRUE(shows("palette.result.0"));
  EXPECT_EQ(ui_.cursor().position(), 0U);
}

TEST_F(Palette, a_state_number_and_enter_go_there) {
  open("412");
  ui_.press(Key::enter);
  EXPECT_FALSE(is_open());
  EXPECT_EQ(ui_.cursor().position(), 412U);
}

TEST_F(Palette, letters_typed_before_the_field_is_ready_are_not_lost) {
  ui_.app().ui().palette = true;
  imgui_api::send_text(ImGui::GetIO(), "3");
  ui_.frame();
  imgui_api::send_text(ImGui::GetIO(), "1");
  ui_.frame();
  imgui_api::send_text(ImGui::GetIO(), "2");
  for (int i = 0; i < 4; ++i) ui_.frame();
  ui_.press(Key::enter);
  EXPECT_EQ(ui_.cursor().position(), 312U);
}

TEST_F(Palette, a_result_can_be_clicked) {
  open("goexit0");
  ASSERT_TRUE(ui_.click("palette.result.0"));
  EXPECT_FALSE(is_open());
  EXPECT_EQ(ui_.code().symbolize(ui_.cursor().state().pc()), "runtime.goexit0");
}

TEST_F(Palette, down_chooses_the_next_result_and_up_from_the_first_is_the_last) {
  // Two results for each function: run to it, and look at it: goexit, Goexit, goexit1.
  open("goexit");
  for (int i = 0; i < 5; ++i) ui_.press(Key::down);
  ui_.press(Key::up);
  ui_.press(Key::enter);
  EXPECT_EQ(ui_.code().symbolize(ui_.cursor().state().pc()), "runtime.goexit1");
  ui_.go(CommandId::go_start);
  open("goexit");
  ui_.press(Key::up);  // the last
  for (int i = 0; i < 5; ++i) ui_.press(Key::down);
  ui_.press(Key::enter);
  EXPECT_EQ(ui_.code().symbolize(ui_.cursor().state().pc()), "runtime.goexit1");
}

TEST_F(Palette, escape_and_a_click_beside_it_close_it) {
  open("go");
  ui_.press(Key::escape);
  EXPECT_FALSE(is_open());
  open();
  ASSERT_TRUE(ui_.click("timeline.strip", 0.02F));
  EXPECT_FALSE(is_open());
  EXPECT_EQ(ui_.cursor().position(), 0U) << "what is beneath was pressed too";
}

TEST_F(Palette, a_click_on_the_sheet_leaves_it_open) {
  open("zzzz");
  ASSERT_TRUE(ui_.click("palette.problem"));
  EXPECT_TRUE(is_open());
}

TEST_F(Palette, what_was_typed_is_gone_when_it_opens_again) {
  open("412");
  ui_.press(Key::escape);
  open("7");
  ui_.press(Key::enter);
  EXPECT_EQ(ui_.cursor().position(), 7U);
}

TEST_F(Palette, a_command_that_wants_an_argument_keeps_it_open) {
  open("run-to");
  ui_.press(Key::enter);
  for (int i = 0; i < 3; ++i) ui_.frame();
  EXPECT_TRUE(is_open());
  EXPECT_TRUE(shows("palette.hint"));
  ui_.type("50");
  ui_.press(Key::enter);
  EXPECT_FALSE(is_open());
  EXPECT_EQ(ui_.cursor().position(), 50U);
}

TEST_F(Palette, the_key_of_such_a_command_begins_the_line) {
  ui_.press(CommandId::edit);
  for (int i = 0; i < 3; ++i) ui_.frame();
  EXPECT_TRUE(shows("palette.hint"));
  ui_.type("rax = 5");
  ui_.press(Key::enter);
  EXPECT_EQ(ui_.cursor().state().reg(Reg::rax), 5U);
}

TEST_F(Palette, a_wrong_line_is_answered_and_enter_does_nothing) {
  open("run-to nowhere+0x1");
  EXPECT_TRUE(shows("palette.problem"));
  ui_.press(Key::enter);
  EXPECT_TRUE(is_open());
  EXPECT_EQ(ui_.cursor().position(), 0U);
}

TEST_F(Palette, a_panel_is_brought_forward) {
  open("show memory");
  ui_.press(Key::enter);
  EXPECT_TRUE(ui_.app().ui().desk.in_front(PanelId::memory));
}

TEST_F(Palette, a_panel_that_presenter_mode_has_no_room_for_ends_that_mode) {
  ui_.app().ui().presenter = true;
  open("show memory");
  ui_.press(Key::enter);
  EXPECT_FALSE(ui_.app().ui().presenter);
}

TEST_F(Palette, the_window_is_asked_too) {
  open("theme");
  ui_.press(Key::enter);
  EXPECT_EQ(ui_.app().ui().theme, ThemeId::light);
}

TEST_F(Palette, it_follows_the_language) {
  ui_.app().ui().language = Language::zh;
  open("单步");
  ui_.press(Key::enter);
  EXPECT_EQ(ui_.cursor().position(), 1U);
}

TEST(PaletteSize, it_is_never_wider_than_the_window) {
  for (const float scale : {1.0F, 2.0F}) {
    Offscreen ui(default_run(), {640, 420}, scale);
    ui.app().ui().palette = true;
    ui.frame();
    ui.frame();
    const Rect sheet = *ui.app().widgets().find("palette");
    EXPECT_GE(sheet.min.x, 0);
    EXPECT_LE(sheet.max.x, 640);
    EXPECT_LE(sheet.max.y, 420);
  }
}

TEST(Help, it_fits_the_window_and_closes) {
  for (const ImVec2 size : {ImVec2(1600, 1000), ImVec2(1280, 800), ImVec2(700, 400)}) {
    for (const Language language : {Language::en, Language::zh}) {
      Offscreen ui(default_run(), size);
      ui.app().ui().language = language;
      ui.press(ActionId::help);
      ui.frame();
      const auto sheet = ui.app().widgets().find("help");
      ASSERT_TRUE(sheet);
      EXPECT_GE(sheet->min.x, 0);
      EXPECT_GE(sheet->min.y, 0);
      EXPECT_LE(sheet->max.x, size.x);
      EXPECT_LE(sheet->max.y, size.y);
      ui.press(Key::escape);
      EXPECT_FALSE(ui.app().ui().help);
    }
  }
}

class LinkMenuTest : public testing::Test {
 protected:
  LinkMenuTest() {
    ui_.go(CommandId::run_to, "runtime.gogo");
    start_ = ui_.cursor().position();
  }
  void open(Target target, ImVec2 at = {400, 300}) {
    ui_.app().ui().menu = std::make_shared<Target>(std::move(target));
    ui_.app().ui().menu_at = at;
    ui_.frame();
    ui_.frame();
  }
  Target field() {
    const auto ref = ui_.app().view().names->find_field("p0.runqtail");
    return target_of_field("p0.runqtail", ref->addr, ref->size);
  }
  bool is_open() { return ui_.app().ui().menu != nullptr; }
  Offscreen ui_;
  std::uint64_t start_ = 0;
};

TEST_F(LinkMenuTest, every_item_can_be_clicked) {
  const std::vector<MenuItem> items = menu_of(field(), ui_.app().view(), ui_.app().ui());
  for (const MenuItem& item : items) {
    open(field());
    ASSERT_TRUE(ui_.click("menu." + item.name)) << item.name;
    EXPECT_FALSE(is_open()) << item.name;
    for (const PanelId panel : {PanelId::memory, PanelId::watch}) {
      if (item.name != info(panel).name) continue;
      EXPECT_TRUE(ui_.app().ui().desk.in_front(panel)) << item.name;
    }
  }
  EXPECT_EQ(ui_.session().breakpoints().size(), 1U);
}

TEST_F(LinkMenuTest, copying_leaves_the_text_for_the_clipboard) {
  open(field());
  ASSERT_TRUE(ui_.click("menu.copy"));
  EXPECT_EQ(ui_.app().ui().to_copy, "p0.runqtail");
}

TEST_F(LinkMenuTest, it_is_driven_by_keys) {
  open(field());
  const auto items = menu_of(field(), ui_.app().view(), ui_.app().ui());
  for (std::size_t i = 0; items[i].name != "next-write"; ++i) ui_.press(Key::down);
  ui_.press(Key::enter);
  EXPECT_FALSE(is_open());
  EXPECT_GT(ui_.cursor().position(), start_);
}

TEST_F(LinkMenuTest, up_from_the_first_item_is_the_last) {
  open(field());
  ui_.press(Key::up);
  ui_.press(Key::enter);
  EXPECT_EQ(ui_.app().ui().to_copy, "p0.runqtail");
}

TEST_F(LinkMenuTest, it_stays_inside_the_window) {
  for (const ImVec2 at : {ImVec2(1599, 999), ImVec2(0, 0), ImVec2(-50, 2000)}) {
    open(field(), at);
    const Rect sheet = *ui_.app().widgets().find("menu");
    EXPECT_GE(sheet.min.x, 0);
    EXPECT_GE(sheet.min.y, 0);
    EXPECT_LE(sheet.max.x, 1600);
    EXPECT_LE(sheet.max.y, 1000);
  }
}

TEST_F(LinkMenuTest, escape_and_a_click_beside_it_close_it) {
  open(field());
  ui_.press(Key::escape);
  EXPECT_FALSE(is_open());
  open(field());
  ASSERT_TRUE(ui_.click("timeline.strip", 0.5F));
  EXPECT_FALSE(is_open());
  EXPECT_EQ(ui_.cursor().position(), start_);
}

TEST_F(LinkMenuTest, the_key_that_opens_it_does_not_choose_from_it) {
  ImGuiIO& io = ImGui::GetIO();
  ui_.app().ui().menu = std::make_shared<Target>(target_of_moment(5));
  imgui_api::send_key(io, Key::enter, true);
  ui_.frame();
  EXPECT_TRUE(is_open());
  imgui_api::send_key(io, Key::enter, false);
  ui_.frame();
  EXPECT_EQ(ui_.cursor().position(), start_);
}

}  // namespace
}  // namespace gogoscope
