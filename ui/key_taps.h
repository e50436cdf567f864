// Keys that go down and up between two frames, and modifiers that go up before their key.
//
// Up to 1.86 Dear ImGui sees the keyboard only as it stands when a frame begins, and a frame of a software
// renderer takes longer than a tap. So each press is kept with the modifiers it was made with, and shown for
// one frame of its own. Later versions queue input themselves, and all of this does nothing.
#pragma once

#include <imgui.h>

#include <set>
#include <vector>

namespace gogoscope {

class KeyTaps {
 public:
  /// A key went down or up; numbers as GLFW gives them.
  void press(int key, int modifiers);
  void release(int key);
  /// Shows the next press that ImGui has not seen, and hides those whose turn has not come.
  void before_frame(ImGuiIO& io);
  /// Puts the keyboard back to how it stands.
  void after_frame(ImGuiIO& io);
  bool pending() const { return !taps_.empty(); }

 private:
  struct Tap {
    int key;
    int modifiers;
  };
  std::vector<Tap> taps_;
  std::set<int> down_;  ///< keys that are down in truth
  int shown_ = -1;      ///< the key whose press this frame shows
  bool rest_ = false;   ///< a frame without it must pass, or the next tap would look like holding it
};

}  // namespace gogoscope
