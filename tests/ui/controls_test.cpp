// Every control of the window, pressed: it does something or nothing, but it never touches the machine.
#include <gtest/gtest.h>

#include <set>
#include <type_traits>

#include "tests/ui/offscreen.h"

namespace gogoscope {
namespace {

// What panels get is const, all the way: a panel that changed the guest would not compile.
static_assert(std::is_same_v<decltype(Frame::view), const View&>);
static_assert(std::is_same_v<decltype(View::guest), const Guest*>);
static_assert(std::is_same_v<decltype(View::trace), const Trace*>);
static_assert(std::is_same_v<decltype(View::cursor), const Cursor*>);
static_assert(std::is_same_v<decltype(View::breakpoints), const std::vector<Breakpoint>*>);
static_assert(std::is_same_v<decltype(View::record_events), const std::vector<Event>*>);
static_assert(std::is_same_v<decltype(View::names), std::shared_ptr<const Names>>);
static_assert(std::is_same_v<decltype(std::declval<const Cursor&>().state()), const Image&>);

/// The states of an undisturbed run, to compare the window's session with.
class Reference {
 public:
  Reference() : run_(default_run()), cursor_(run_.session->trace()) {}
  std::uint64_t hash_at(std::uint64_t position) {
    cursor_.seek(position);
    return cursor_.state().hash();
  }
  std::uint64_t steps() const { return run_.session->trace().steps(); }

 private:
  OpenedRun run_;
  Cursor cursor_;
};

std::vector<std::string> names_of_areas(Offscreen& ui) {
  std::vector<std::string> names;
  for (const Press::Area& area : ui.app().press().areas()) names.push_back(area.name);
  return names;
}

class Controls : public testing::TestWithParam<std::tuple<Language, ThemeId>> {};

TEST_P(Controls, can_all_be_clicked_left_and_right_and_leave_the_machine_as_it_was) {
  Offscreen ui;
  Reference reference;
  const auto set_up = [&] {
    ui.app().ui().language = std::get<0>(GetParam());
    ui.app().ui().theme = std::get<1>(GetParam());
    ui.app().ui().presenter = false;
    ui.app().ui().palette = ui.app().ui().help = ui.app().ui().window_menu = false;
    ui.app().ui().menu.reset();
    ASSERT_TRUE(ui.go(CommandId::run_to, "0").ok());
    ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x26").ok());
    ui.frame();
  };
  std::set<std::string> pressed;
  for (const PanelInfo& panel : panels()) {
    set_up();
    ui.app().ui().desk = Desk();
    ui.app().ui().desk.bring_forward(panel.id);
    ui.frame();
    ui.frame();
    for (const std::string& name : names_of_areas(ui)) {
      if (!pressed.insert(name).second) continue;
      SCOPED_TRACE(name);
      set_up();
      ui.app().ui().desk.bring_forward(panel.id);
      ui.frame();
      ui.click(name);
      ui.frame();
      const std::uint64_t position = ui.cursor().position();
      ASSERT_LE(position, reference.steps());
      ASSERT_EQ(ui.cursor().state().hash(), reference.hash_at(position));
      ui.app().ui().palette = ui.app().ui().help = ui.app().ui().window_menu = false;
      ui.right_click(name);
      ui.frame();
      ASSERT_EQ(ui.cursor().state().hash(), reference.hash_at(ui.cursor().position()));
    }
  }
  EXPECT_EQ(ui.session().trace().steps(), reference.steps());
  // The buttons of all commands, every tab, and links were among them.
  for (const CommandInfo& command : commands()) {
    // What is asked for seldom has a key and a line in the palette, and no button.
    const bool by_key = command.id == CommandId::undo || command.id == CommandId::redo;
    if (command.argument != ArgumentKind::none || by_key) continue;
    EXPECT_TRUE(pressed.contains("command." + std::string(command.name))) << command.name;
  }
  for (const PanelInfo& panel : panels()) {
    const bool alone = panel.slot != Slot::source && panel.slot != Slot::states && panel.slot != Slot::data;
    EXPECT_TRUE(alone || pressed.contains("tab." + std::string(panel.name))) << panel.name;
  }
  EXPECT_GT(pressed.size(), 150U);
}

INSTANTIATE_TEST_SUITE_P(LanguagesAndThemes, Controls,
                         testing::Combine(testing::Values(Language::en, Language::zh),
                                          testing::Values(ThemeId::dark, ThemeId::light)));

TEST(Keyboard, tab_walks_the_areas_of_a_panel_and_enter_presses) {
  Offscreen ui;
  ui.press(imgui_api::Key::f6);
  EXPECT_EQ(ui.app().press().focus(), ui.app().press().areas().front().name);
  const std::string target = "command.step";
  for (int i = 0; i < 40 && ui.app().press().focus() != target; ++i) ui.press(imgui_api::Key::tab);
  ASSERT_EQ(ui.app().press().focus(), target);
  ui.press(imgui_api::Key::enter);
  EXPECT_EQ(ui.cursor().position(), 1U);
  ui.press(imgui_api::Key::tab, true);
  EXPECT_NE(ui.app().press().focus(), target);
  ui.press(imgui_api::Key::escape);
  EXPECT_EQ(ui.app().press().focus(), "");
}

TEST(Keyboard, f6_reaches_every_panel_that_has_something_to_press) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x26").ok());
  std::set<std::string> wanted;
  for (const Press::Area& area : ui.app().press().areas()) wanted.insert(area.group);
  std::set<std::string> reached;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    ui.press(imgui_api::Key::f6);
    for (const Press::Area& area : ui.app().press().areas()) {
      if (area.name == ui.app().press().focus()) reached.insert(area.group);
    }
  }
  EXPECT_EQ(reached, wanted);
}

TEST(Keyboard, ctrl_enter_opens_the_menu_of_a_link) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x26").ok());
  ui.press(imgui_api::Key::f6);
  for (int i = 0; i < 400 && ui.app().ui().menu == nullptr; ++i) {
    ui.press(imgui_api::Key::enter, false, true);
    if (ui.app().ui().menu != nullptr) break;
    ui.press(i % 20 == 19 ? imgui_api::Key::f6 : imgui_api::Key::tab);
  }
  ASSERT_NE(ui.app().ui().menu, nullptr);
  ui.press(imgui_api::Key::escape);
  EXPECT_EQ(ui.app().ui().menu, nullptr);
}

}  // namespace
}  // namespace gogoscope
