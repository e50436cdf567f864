#include "ui/input_queue.h"

#include <algorithm>

namespace gogoscope {

#if IMGUI_VERSION_NUM < 18700

namespace {

// GLFW's numbers.
constexpr int kSpace = 32;
constexpr int kLastLetter = 162;  // the last key of the letters' block
constexpr int kFirstOfPad = 320;  // digits and signs of the keypad, up to its Enter
constexpr int kLastOfPad = 334;
constexpr int kFirstModifier = 340;  // left Shift, Ctrl, Alt, Super, then the right ones
constexpr int kLastModifier = 347;
constexpr int kShiftBit = 1;
constexpr int kCtrlBit = 2;
constexpr int kAltBit = 4;
constexpr int kSuperBit = 8;

bool is_modifier(int key) { return key >= kFirstModifier && key <= kLastModifier; }

/// A key whose letter comes as well and says all that there is to say.
bool is_letter(int key, int modifiers, bool typing) {
  if ((modifiers & (kCtrlBit | kAltBit | kSuperBit)) != 0) return false;
  if (key == kSpace) return typing;
  return (key > kSpace && key <= kLastLetter) || (key >= kFirstOfPad && key <= kLastOfPad);
}

}  // namespace

void InputQueue::press(int key, int modifiers) {
  if (key >= 0 && key < kKeys) events_.push_back({Event::Kind::press, key, modifiers});
}

void InputQueue::release(int key) {
  if (key >= 0 && key < kKeys) events_.push_back({Event::Kind::release, key});
}

void InputQueue::letter(unsigned int code) { events_.push_back({Event::Kind::letter, 0, 0, false, code}); }

void InputQueue::button(int button, bool down, ImVec2 at) {
  if (button >= 0 && button < ImGuiMouseButton_COUNT)
    events_.push_back({Event::Kind::button, button, 0, down, 0, at});
}

void InputQueue::wheel(float x, float y) { events_.push_back({Event::Kind::wheel, 0, 0, false, 0, {x, y}}); }

bool InputQueue::show(const Event& event, bool typing, ImGuiIO& io, Shown& shown) {
  const bool other_than_letters = shown.key >= 0 || shown.button || shown.wheel;
  switch (event.kind) {
    case Event::Kind::press:
      if (is_modifier(event.code)) {
        keys_[event.code] = true;
        return true;
      }
      if (is_letter(event.code, event.modifiers, typing)) return true;
      // A key that went up in this frame must be seen up, or the next press would look like holding it.
      if (shown.anything() || shown.released.count(event.code) > 0) return false;
      keys_[event.code] = true;
      shown.key = event.code;
      shown.modifiers = event.modifiers;
      return true;
    case Event::Kind::release:
      if (event.code == shown.key) return false;
      if (keys_[event.code] && !is_modifier(event.code)) shown.released.insert(event.code);
      keys_[event.code] = false;
      return true;
    case Event::Kind::letter:
      if (other_than_letters) return false;
      io.AddInputCharacter(event.letter);
      shown.letters = true;
      return true;
    case Event::Kind::button:
      if (shown.anything()) return false;
      buttons_[event.code] = event.down;
      clicked_at_ = event.at;
      shown.button = true;
      return true;
    case Event::Kind::wheel:
      if (shown.key >= 0 || shown.letters || shown.button) return false;
      io.MouseWheelH += event.at.x;
      io.MouseWheel += event.at.y;
      shown.wheel = true;
      return true;
  }
  return true;
}

void InputQueue::before_frame(ImGuiIO& io, bool typing) {
  Shown shown;
  while (!events_.empty() && show(events_.front(), typing, io, shown)) events_.pop_front();
  std::copy(std::begin(keys_), std::end(keys_), std::begin(io.KeysDown));
  std::copy(std::begin(buttons_), std::end(buttons_), std::begin(io.MouseDown));
  const auto held = [&](int bit, int key) {
    return shown.key >= 0 ? (shown.modifiers & bit) != 0 : keys_[key] || keys_[key + 4];
  };
  io.KeyShift = held(kShiftBit, kFirstModifier);
  io.KeyCtrl = held(kCtrlBit, kFirstModifier + 1);
  io.KeyAlt = held(kAltBit, kFirstModifier + 2);
  io.KeySuper = held(kSuperBit, kFirstModifier + 3);
  // Where a button changed counts, not where the mouse is by now.
  const bool more = std::any_of(events_.begin(), events_.end(),
                                [](const Event& event) { return event.kind == Event::Kind::button; });
  if (shown.button || more) io.MousePos = shown.button ? clicked_at_ : io.MousePos;
}

#else

void InputQueue::press(int, int) {}
void InputQueue::release(int) {}
void InputQueue::letter(unsigned int) {}
void InputQueue::button(int, bool, ImVec2) {}
void InputQueue::wheel(float, float) {}
void InputQueue::before_frame(ImGuiIO&, bool) {}

#endif

}  // namespace gogoscope
