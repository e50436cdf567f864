// No key that was pressed is lost, however slow the frames and in whatever order the keys go up.
#include "ui/key_taps.h"

#include <gtest/gtest.h>

#include <string>

#if IMGUI_VERSION_NUM < 18700

namespace gogoscope {
namespace {

constexpr int kCtrl = 341;

/// A keyboard, and frames that read it as ImGui does: a press is a key that was up in the frame before.
class Keyboard {
 public:
  void press(int key, int modifiers = 0) {
    io_.KeysDown[key] = true;
    io_.KeyCtrl = io_.KeysDown[kCtrl];
    taps_.press(key, modifiers);
  }
  void release(int key) {
    io_.KeysDown[key] = false;
    io_.KeyCtrl = io_.KeysDown[kCtrl];
    taps_.release(key);
  }
  /// The letters pressed in this frame, "^" before those with Ctrl.
  std::string frame() {
    taps_.before_frame(io_);
    std::string pressed;
    for (int key = 'A'; key <= 'Z'; ++key) {
      if (io_.KeysDown[key] && !seen_[key])
        pressed += (io_.KeyCtrl ? "^" : "") + std::string(1, static_cast<char>(key));
      seen_[key] = io_.KeysDown[key];
    }
    taps_.after_frame(io_);
    return pressed;
  }
  std::string frames() {
    std::string all;
    do all += frame();
    while (taps_.pending());
    return all + frame();
  }

 private:
  ImGuiIO io_;
  KeyTaps taps_;
  bool seen_[512] = {};
};

TEST(KeyTaps, a_tap_between_two_frames_counts_once) {
  Keyboard keyboard;
  keyboard.press('Q');
  keyboard.release('Q');
  EXPECT_EQ(keyboard.frames(), "Q");
}

TEST(KeyTaps, ctrl_counts_even_when_it_goes_up_before_its_key) {
  Keyboard keyboard;
  keyboard.press(kCtrl);
  EXPECT_EQ(keyboard.frame(), "");
  keyboard.press('Q', 2);
  keyboard.release(kCtrl);
  EXPECT_EQ(keyboard.frame(), "^Q");
  EXPECT_EQ(keyboard.frame(), "");
  keyboard.release('Q');
  EXPECT_EQ(keyboard.frames(), "");
}

TEST(KeyTaps, a_key_held_down_is_pressed_once) {
  Keyboard keyboard;
  keyboard.press('A');
  EXPECT_EQ(keyboard.frames() + keyboard.frame() + keyboard.frame(), "A");
}

TEST(KeyTaps, two_taps_of_one_key_count_twice) {
  Keyboard keyboard;
  for (int i = 0; i < 2; ++i) {
    keyboard.press('L', 2);
    keyboard.release('L');
  }
  EXPECT_EQ(keyboard.frames(), "^L^L");
}

TEST(KeyTaps, keys_count_in_their_order_with_their_own_modifiers) {
  Keyboard keyboard;
  keyboard.press(kCtrl);
  keyboard.press('T', 2);
  keyboard.release('T');
  keyboard.release(kCtrl);
  keyboard.press('B');
  keyboard.press('A');
  EXPECT_EQ(keyboard.frames(), "^TBA");
}

}  // namespace
}  // namespace gogoscope

#endif
