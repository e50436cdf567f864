// Keys that go down and up again between two frames.
//
// Up to 1.86 Dear ImGui sees a key only as it stands when a frame begins, and a frame of a software renderer
// takes longer than a tap; later versions queue input themselves, and all of this does nothing.
#pragma once

#include <imgui.h>

#include <vector>

namespace gogoscope {

class KeyTaps {
 public:
  /// A key went down; both numbers as GLFW gives them.
  void note(int key, int modifiers);
  /// Lets the next tap that ImGui has missed be down for one frame.
  void before_frame(ImGuiIO& io);
  void after_frame(ImGuiIO& io);
  bool pending() const { return !taps_.empty(); }

 private:
  struct Tap {
    int key;
    int modifiers;
  };
  std::vector<Tap> taps_;
  int held_ = -1;      ///< the key that is down for this frame only
  bool rest_ = false;  ///< a frame without it must pass, or the next tap would look like holding it
};

}  // namespace gogoscope
