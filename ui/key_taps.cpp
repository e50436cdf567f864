#include "ui/key_taps.h"

namespace gogoscope {

#if IMGUI_VERSION_NUM < 18700

namespace {

// GLFW's numbers.
constexpr int kFirstModifier = 340;  // left Shift, Ctrl, Alt, Super, then the right ones
constexpr int kLastModifier = 347;
constexpr int kShiftBit = 1;
constexpr int kCtrlBit = 2;
constexpr int kAltBit = 4;

}  // namespace

void KeyTaps::press(int key, int modifiers) {
  if (key < 0 || key >= IM_ARRAYSIZE(ImGuiIO::KeysDown)) return;
  down_.insert(key);
  // A modifier does nothing by itself; it comes with the key.
  if (key < kFirstModifier || key > kLastModifier) taps_.push_back({key, modifiers});
}

void KeyTaps::release(int key) { down_.erase(key); }

void KeyTaps::before_frame(ImGuiIO& io) {
  if (!rest_ && !taps_.empty()) {
    const Tap tap = taps_.front();
    taps_.erase(taps_.begin());
    shown_ = tap.key;
    io.KeyShift = (tap.modifiers & kShiftBit) != 0;
    io.KeyCtrl = (tap.modifiers & kCtrlBit) != 0;
    io.KeyAlt = (tap.modifiers & kAltBit) != 0;
  }
  rest_ = false;
  for (const Tap& waiting : taps_) io.KeysDown[waiting.key] = false;
  if (shown_ >= 0) io.KeysDown[shown_] = true;
}

void KeyTaps::after_frame(ImGuiIO& io) {
  const auto is_down = [&](int key) { return down_.count(key) > 0; };
  for (const Tap& waiting : taps_) io.KeysDown[waiting.key] = is_down(waiting.key);
  if (shown_ < 0) return;
  io.KeysDown[shown_] = is_down(shown_);
  io.KeyShift = is_down(kFirstModifier) || is_down(kFirstModifier + 4);
  io.KeyCtrl = is_down(kFirstModifier + 1) || is_down(kFirstModifier + 5);
  io.KeyAlt = is_down(kFirstModifier + 2) || is_down(kFirstModifier + 6);
  rest_ = !is_down(shown_) || (!taps_.empty() && taps_.front().key == shown_);
  shown_ = -1;
}

#else

void KeyTaps::press(int, int) {}
void KeyTaps::release(int) {}
void KeyTaps::before_frame(ImGuiIO&) {}
void KeyTaps::after_frame(ImGuiIO&) {}

#endif

}  // namespace gogoscope
