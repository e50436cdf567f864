// Keys, letters and mouse buttons in the order in which they came, however slow the frames are.
//
// Up to 1.86 Dear ImGui sees keyboard and mouse only as they are when a frame begins, and all letters at
// once; a frame of a software renderer takes longer than a tap. So everything that happens is kept, and each
// frame is shown as much of it as a frame can tell apart: letters in a row, or one key, or one button. What
// comes after a key is for what that key has opened. Later versions queue input themselves, and all of this
// does nothing.
#pragma once

#include <imgui.h>

#include <deque>
#include <set>

namespace gogoscope {

class InputQueue {
 public:
  /// A key went down or up; numbers and modifiers as GLFW gives them.
  void press(int key, int modifiers);
  void release(int key);
  void letter(unsigned int code);
  /// A mouse button changed, the mouse being at `at`.
  void button(int button, bool down, ImVec2 at);
  void wheel(float x, float y);
  /// Shows the next of it. `typing`: a text field has the keyboard, so that Space is a letter too.
  void before_frame(ImGuiIO& io, bool typing);
  /// Whether there is more than the last frame has shown.
  bool pending() const { return !events_.empty(); }

 private:
  struct Event {
    enum class Kind { press, release, letter, button, wheel } kind;
    int code = 0;  ///< key, button
    int modifiers = 0;
    bool down = false;
    unsigned int letter = 0;
    ImVec2 at{};  ///< of the mouse; or by how much the wheel turned
  };
  /// What the frame shows already.
  struct Shown {
    int key = -1;
    int modifiers = 0;
    bool letters = false;
    bool button = false;
    bool wheel = false;
    std::set<int> released;
    bool anything() const { return key >= 0 || letters || button || wheel; }
  };
  /// False if it must wait for the next frame.
  bool show(const Event& event, bool typing, ImGuiIO& io, Shown& shown);

  std::deque<Event> events_;
  static constexpr int kKeys = 512;
  bool keys_[kKeys] = {};  ///< as shown
  bool buttons_[ImGuiMouseButton_COUNT] = {};
  ImVec2 clicked_at_{};
};

}  // namespace gogoscope
