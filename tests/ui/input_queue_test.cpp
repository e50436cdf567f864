// All input is handled in its order, however slow the frames are and in whatever order keys go up.
#include "ui/input_queue.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/ui/offscreen.h"

#if IMGUI_VERSION_NUM < 18700

namespace gogoscope {
namespace {

constexpr int kCtrl = 341;
constexpr int kEnter = 257;
constexpr int kRight = 262;
constexpr int kSpace = 32;

/// A keyboard and a mouse, and frames that read them as ImGui does: a press is a key that was up in the frame
/// before.
class Hands {
 public:
  void press(int key, int modifiers = 0) { queue_.press(key, modifiers); }
  void release(int key) { queue_.release(key); }
  void tap(int key, int modifiers = 0) {
    press(key, modifiers);
    release(key);
  }
  void type(char letter) {
    press(letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter);
    queue_.letter(static_cast<unsigned char>(letter));
    release(letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter);
  }
  void button(bool down, float x) { queue_.button(0, down, {x, 0}); }
  /// What this frame sees, in the order in which a program handles it: letters, then the key, "^" before
  /// those with Ctrl, "!" for Enter; "(x" and ")x" for the mouse.
  std::string frame(bool typing = false) {
    io_.MousePos = {99, 0};
    queue_.before_frame(io_, typing);
    std::string seen;
    for (const ImWchar letter : io_.InputQueueCharacters) seen += static_cast<char>(letter);
    io_.InputQueueCharacters.resize(0);
    for (int key = 0; key < 340; ++key) {
      if (io_.KeysDown[key] && !down_[key]) {
        seen += io_.KeyCtrl ? "^" : "";
        seen += key == kEnter ? '!' : key == kRight ? '>' : key == kSpace ? '_' : static_cast<char>(key);
      }
      down_[key] = io_.KeysDown[key];
    }
    if (io_.MouseDown[0] != button_) {
      seen += (io_.MouseDown[0] ? "(" : ")") + std::to_string(static_cast<int>(io_.MousePos.x));
    }
    button_ = io_.MouseDown[0];
    return seen;
  }
  std::string frames(bool typing = false) {
    std::string all;
    do all += frame(typing) + "|";
    while (queue_.pending());
    return all + frame(typing);
  }

 private:
  ImGuiIO io_;
  InputQueue queue_;
  bool down_[512] = {};
  bool button_ = false;
};

TEST(InputQueue, a_tap_between_two_frames_counts_once) {
  Hands hands;
  hands.tap(kRight);
  EXPECT_EQ(hands.frames(), ">||");
}

TEST(InputQueue, ctrl_counts_even_when_it_goes_up_before_its_key) {
  Hands hands;
  hands.press(kCtrl);
  EXPECT_EQ(hands.frame(), "");
  hands.press('Q', 2);
  hands.release(kCtrl);
  EXPECT_EQ(hands.frame(), "^Q");
  EXPECT_EQ(hands.frame(), "");
  hands.release('Q');
  EXPECT_EQ(hands.frames(), "|");
}

TEST(InputQueue, a_key_held_down_is_pressed_once_and_is_up_as_soon_as_it_is_released) {
  Hands hands;
  hands.press(kRight);
  EXPECT_EQ(hands.frame() + hands.frame() + hands.frame(), ">");
  hands.release(kRight);
  EXPECT_EQ(hands.frames(), "|");
  hands.press(kRight);
  EXPECT_EQ(hands.frame(), ">");
}

TEST(InputQueue, two_taps_of_one_key_count_twice) {
  Hands hands;
  for (int i = 0; i < 2; ++i) hands.tap('L', 2);
  EXPECT_EQ(hands.frames(), "^L||^L||");
}

TEST(InputQueue, letters_in_a_row_are_one_frame_and_what_follows_a_key_is_the_next_one) {
  Hands hands;
  hands.tap('P', 2);
  for (const char letter : {'1', '2', '3'}) hands.type(letter);
  hands.tap(kEnter);
  hands.tap('P', 2);
  hands.type('x');
  EXPECT_EQ(hands.frames(true), "^P|123|!|^P|x|");
}

TEST(InputQueue, space_is_a_key_where_nothing_is_typed) {
  Hands hands;
  hands.press(kSpace);
  EXPECT_EQ(hands.frame(false), "_");
  hands.release(kSpace);
  hands.frame();
  hands.press(kSpace);
  EXPECT_EQ(hands.frame(true), "");
}

TEST(InputQueue, a_click_is_where_the_button_went_down_and_comes_after_the_key_before_it) {
  Hands hands;
  hands.tap(kRight);
  hands.button(true, 5);
  hands.button(false, 7);
  EXPECT_EQ(hands.frames(), ">|(5|)7|");
}

}  // namespace
}  // namespace gogoscope

#endif
