#include "ui/key_taps.h"

namespace gogoscope {

#if IMGUI_VERSION_NUM < 18700

void KeyTaps::note(int key, int modifiers) {
  if (key >= 0 && key < IM_ARRAYSIZE(ImGuiIO::KeysDown)) taps_.push_back({key, modifiers});
}

void KeyTaps::before_frame(ImGuiIO& io) {
  if (rest_) {
    rest_ = false;
    return;
  }
  // What is still down needs no help.
  while (!taps_.empty() && io.KeysDown[taps_.front().key]) taps_.erase(taps_.begin());
  if (taps_.empty()) return;
  const Tap tap = taps_.front();
  taps_.erase(taps_.begin());
  held_ = tap.key;
  io.KeysDown[tap.key] = true;
  // GLFW's bits. The backend sets these anew with each key event, so they need no undoing but here.
  io.KeyShift = (tap.modifiers & 1) != 0;
  io.KeyCtrl = (tap.modifiers & 2) != 0;
  io.KeyAlt = (tap.modifiers & 4) != 0;
}

void KeyTaps::after_frame(ImGuiIO& io) {
  if (held_ < 0) return;
  io.KeysDown[held_] = false;
  io.KeyShift = io.KeyCtrl = io.KeyAlt = false;
  held_ = -1;
  rest_ = true;
}

#else

void KeyTaps::note(int, int) {}
void KeyTaps::before_frame(ImGuiIO&) {}
void KeyTaps::after_frame(ImGuiIO&) {}

#endif

}  // namespace gogoscope
