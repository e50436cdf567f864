// Fifty thousand things that a hand might do, at random but always the same: nothing crashes, and the record
// stays what it says it is.
#include <gtest/gtest.h>

#include <random>

#include "tests/ui/offscreen.h"
#include "ui/keys.h"

namespace gogoscope {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr int kActions = 5'000;  // each takes several times as long
#else
constexpr int kActions = 50'000;
#endif
constexpr int kHands = 4;  // so that they run beside each other

constexpr const char* kTyped[] = {"gogo",
                                  "g2.sched.sp",
                                  "run-to 200",
                                  "edit rax = 5",
                                  "edit g2.param = 0x10",
                                  "break ",
                                  "runtime.gogo+0x23",
                                  "停",
                                  "12",
                                  "事件",
                                  "\"",
                                  "xyzzy",
                                  "last-write g2.sched.pc"};

const ActionInfo* action_by_shortcut(std::string_view shortcut) {
  for (const ActionInfo& action : actions()) {
    if (action.shortcut == shortcut) return &action;
  }
  return nullptr;
}

class Hand {
 public:
  Hand(Offscreen& ui, unsigned seed) : ui_(ui), random_(seed) {}

  void act() {
    // Positions and commands are as likely as what they lead to: menus, overlays, drags.
    switch (pick(10)) {
      case 0:
      case 1:
        click_a_widget();
        break;
      case 2:
        click_anywhere();
        break;
      case 3:
        press_a_shortcut();
        break;
      case 4:
        press_a_key();
        break;
      case 5:
        type();
        break;
      case 6:
        drag();
        break;
      case 7:
        imgui_api::send_wheel(ImGui::GetIO(), static_cast<float>(pick(7)) - 3);
        ui_.frame();
        break;
      case 8:
        change_the_window();
        break;
      default:
        ui_.app().advance(static_cast<float>(pick(100)) / 100.0F);
        ui_.frame();
        break;
    }
  }

 private:
  int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  ImVec2 anywhere() {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    return {static_cast<float>(pick(static_cast<int>(size.x))),
            static_cast<float>(pick(static_cast<int>(size.y)))};
  }

  void click_a_widget() {
    const auto& areas = ui_.app().press().areas();
    if (areas.empty()) return;
    const std::string name = areas[static_cast<std::size_t>(pick(static_cast<int>(areas.size())))].name;
    const std::optional<Rect> rect = ui_.app().widgets().find(name);
    if (rect) click(rect->center());
  }
  void click_anywhere() { click(anywhere()); }
  void click(ImVec2 at) {
    ImGuiIO& io = ImGui::GetIO();
    const ImGuiMouseButton button = pick(4) == 0 ? ImGuiMouseButton_Right : ImGuiMouseButton_Left;
    imgui_api::send_mouse_position(io, at.x, at.y);
    imgui_api::send_mouse_button(io, true, button);
    ui_.frame();
    imgui_api::send_mouse_button(io, false, button);
    ui_.frame();
  }
  void press_a_shortcut() {
    const bool of_window = pick(2) == 0;
    const std::string_view text =
        of_window ? actions()[static_cast<std::size_t>(pick(static_cast<int>(actions().size())))].shortcut
                  : commands()[static_cast<std::size_t>(pick(static_cast<int>(commands().size())))].shortcut;
    // Loading fonts costs as much as a hundred frames: what changes the scale is pressed less often than the
    // rest.
    const ActionInfo* action = of_window ? action_by_shortcut(text) : nullptr;
    const bool loads_fonts =
        action != nullptr && (action->id == ActionId::presenter || action->id == ActionId::bigger ||
                              action->id == ActionId::smaller);
    if (loads_fonts && pick(8) != 0) return;
    const std::optional<Shortcut> shortcut = parse_shortcut(text);
    if (shortcut) press(shortcut->key, shortcut->shift, shortcut->ctrl);
  }
  void press_a_key() {
    const int last = static_cast<int>(imgui_api::Key::minus);
    press(static_cast<imgui_api::Key>(1 + pick(last)), pick(4) == 0, pick(4) == 0);
  }
  /// The key goes up before the next frame, not in one of its own.
  void press(imgui_api::Key key, bool shift, bool ctrl) {
    ImGuiIO& io = ImGui::GetIO();
    imgui_api::send_modifiers(io, ctrl, shift, false);
    imgui_api::send_key(io, key, true);
    ui_.frame();
    imgui_api::send_key(io, key, false);
    imgui_api::send_modifiers(io, false, false, false);
  }
  void type() {
    ui_.type(kTyped[static_cast<std::size_t>(pick(static_cast<int>(std::size(kTyped))))]);
    if (pick(2) == 0) ui_.press(imgui_api::Key::enter);
  }
  void drag() {
    ImGuiIO& io = ImGui::GetIO();
    ImVec2 at = anywhere();
    imgui_api::send_mouse_position(io, at.x, at.y);
    imgui_api::send_mouse_button(io, true);
    ui_.frame();
    for (int i = pick(4); i >= 0; --i) {
      at = anywhere();
      imgui_api::send_mouse_position(io, at.x, at.y);
      ui_.frame();
    }
    imgui_api::send_mouse_button(io, false);
    ui_.frame();
  }
  void change_the_window() {
    const ImVec2 kSizes[] = {{1600, 1000}, {1280, 800}, {640, 480}, {1920, 1080}};
    if (pick(20) == 0) ImGui::GetIO().DisplaySize = kSizes[static_cast<std::size_t>(pick(4))];
    if (ui_.app().ui().presenter && pick(8) == 0) ui_.app().queue(ActionId::presenter);
    ui_.frame();
  }

  Offscreen& ui_;
  std::mt19937 random_;
};

class RandomActions : public testing::TestWithParam<unsigned> {};

TEST_P(RandomActions, leave_a_window_that_works_and_a_record_that_is_true) {
  Offscreen ui(default_run(), {1280, 800});
  // The chooser of files begins in a folder that is the same everywhere.
  ui.app().ui().path = GOGOSCOPE_SOURCE "/scenarios/02-two-exits.yaml";
  Hand hand(ui, GetParam());
  for (int i = 0; i < kActions / kHands; ++i) {
    hand.act();
    ASSERT_LE(ui.cursor().position(), ui.session().trace().steps()) << "after action " << i;
    if (i % 1000 != 999) continue;
    // The moment shown is the one that the record leads to from its start.
    Cursor again(ui.session().trace());
    again.seek(ui.cursor().position());
    ASSERT_EQ(again.state().hash(), ui.cursor().state().hash()) << "after action " << i;
  }
  // It still answers.
  while (Overlays::any_open(ui.app().ui())) ui.press(imgui_api::Key::escape);
  ui.app().ui().presenter = false;
  ui.frame();
  ASSERT_TRUE(ui.go(CommandId::go_start).ok());
  ui.app().queue({CommandId::step});
  ui.frame();
  EXPECT_EQ(ui.cursor().position(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Hands, RandomActions, testing::Range(20260U, 20260U + kHands));

}  // namespace
}  // namespace gogoscope
