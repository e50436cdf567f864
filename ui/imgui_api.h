// Where Dear ImGui 1.86 and its successors differ; only this and input_queue.* ask for the version.
//
// Up to 1.86 a key is an index that the platform backend chose (GLFW's codes for ours) and tests write
// into io.KeysDown; from 1.87 on keys have names of their own and input arrives as events.
#pragma once

#include <imgui.h>

namespace gogoscope::imgui_api {

/// The keys that shortcuts use.
enum class Key {
  none,
  f1,
  f2,
  f3,
  f4,
  f5,
  f6,
  f7,
  f8,
  f9,
  f10,
  f11,
  f12,
  a,
  b,
  c,
  d,
  e,
  f,
  g,
  h,
  i,
  j,
  k,
  l,
  m,
  n,
  o,
  p,
  q,
  r,
  s,
  t,
  u,
  v,
  w,
  x,
  y,
  z,
  left,
  right,
  up,
  down,
  home,
  end,
  page_up,
  page_down,
  space,
  escape,
  enter,
  tab,
  equal,
  minus,
};

/// Pressed this frame; a key held down repeats.
bool pressed(Key key);

// What a platform backend would send; tests have no other way to type.
void send_key(ImGuiIO& io, Key key, bool down);
void send_modifiers(ImGuiIO& io, bool ctrl, bool shift, bool alt);
void send_mouse_position(ImGuiIO& io, float x, float y);
void send_mouse_button(ImGuiIO& io, bool down, ImGuiMouseButton button = ImGuiMouseButton_Left);
void send_wheel(ImGuiIO& io, float lines);
void send_text(ImGuiIO& io, const char* utf8);

/// A child without a border.
bool begin_child(const char* id, ImVec2 size, ImGuiWindowFlags flags);

}  // namespace gogoscope::imgui_api
