#include "ui/imgui_api.h"

namespace gogoscope::imgui_api {
namespace {

#if IMGUI_VERSION_NUM < 18700

/// GLFW's code of a key: what imgui_impl_glfw used as index into io.KeysDown.
int native(Key key) {
  if (key >= Key::f1 && key <= Key::f12) return 290 + static_cast<int>(key) - static_cast<int>(Key::f1);
  if (key >= Key::a && key <= Key::z) return 'A' + static_cast<int>(key) - static_cast<int>(Key::a);
  switch (key) {
    case Key::left:
      return 263;
    case Key::right:
      return 262;
    case Key::up:
      return 265;
    case Key::down:
      return 264;
    case Key::home:
      return 268;
    case Key::end:
      return 269;
    case Key::page_up:
      return 266;
    case Key::page_down:
      return 267;
    case Key::space:
      return 32;
    case Key::escape:
      return 256;
    case Key::enter:
      return 257;
    case Key::tab:
      return 258;
    case Key::equal:
      return 61;
    case Key::minus:
      return 45;
    default:
      return -1;
  }
}

#else

ImGuiKey native(Key key) {
  if (key >= Key::f1 && key <= Key::f12) {
    return static_cast<ImGuiKey>(ImGuiKey_F1 + static_cast<int>(key) - static_cast<int>(Key::f1));
  }
  if (key >= Key::a && key <= Key::z) {
    return static_cast<ImGuiKey>(ImGuiKey_A + static_cast<int>(key) - static_cast<int>(Key::a));
  }
  switch (key) {
    case Key::left:
      return ImGuiKey_LeftArrow;
    case Key::right:
      return ImGuiKey_RightArrow;
    case Key::up:
      return ImGuiKey_UpArrow;
    case Key::down:
      return ImGuiKey_DownArrow;
    case Key::home:
      return ImGuiKey_Home;
    case Key::end:
      return ImGuiKey_End;
    case Key::page_up:
      return ImGuiKey_PageUp;
    case Key::page_down:
      return ImGuiKey_PageDown;
    case Key::space:
      return ImGuiKey_Space;
    case Key::escape:
      return ImGuiKey_Escape;
    case Key::enter:
      return ImGuiKey_Enter;
    case Key::tab:
      return ImGuiKey_Tab;
    case Key::equal:
      return ImGuiKey_Equal;
    case Key::minus:
      return ImGuiKey_Minus;
    default:
      return ImGuiKey_None;
  }
}

#endif

}  // namespace

bool pressed(Key key) { return key != Key::none && ImGui::IsKeyPressed(native(key)); }

#if IMGUI_VERSION_NUM < 18700

void send_key(ImGuiIO& io, Key key, bool down) { io.KeysDown[native(key)] = down; }

void send_modifiers(ImGuiIO& io, bool ctrl, bool shift, bool alt) {
  io.KeyCtrl = ctrl;
  io.KeyShift = shift;
  io.KeyAlt = alt;
}

void send_mouse_position(ImGuiIO& io, float x, float y) { io.MousePos = {x, y}; }

void send_mouse_button(ImGuiIO& io, bool down, ImGuiMouseButton button) { io.MouseDown[button] = down; }

void send_wheel(ImGuiIO& io, float lines) { io.MouseWheel += lines; }

#else

void send_key(ImGuiIO& io, Key key, bool down) { io.AddKeyEvent(native(key), down); }

void send_modifiers(ImGuiIO& io, bool ctrl, bool shift, bool alt) {
#if IMGUI_VERSION_NUM < 18900
  io.AddKeyEvent(ImGuiKey_ModCtrl, ctrl);
  io.AddKeyEvent(ImGuiKey_ModShift, shift);
  io.AddKeyEvent(ImGuiKey_ModAlt, alt);
#else
  io.AddKeyEvent(ImGuiMod_Ctrl, ctrl);
  io.AddKeyEvent(ImGuiMod_Shift, shift);
  io.AddKeyEvent(ImGuiMod_Alt, alt);
#endif
}

void send_mouse_position(ImGuiIO& io, float x, float y) { io.AddMousePosEvent(x, y); }

void send_mouse_button(ImGuiIO& io, bool down, ImGuiMouseButton button) {
  io.AddMouseButtonEvent(button, down);
}

void send_wheel(ImGuiIO& io, float lines) { io.AddMouseWheelEvent(0, lines); }

#endif

void send_text(ImGuiIO& io, const char* utf8) { io.AddInputCharactersUTF8(utf8); }

bool begin_child(const char* id, ImVec2 size, ImGuiWindowFlags flags) {
#if IMGUI_VERSION_NUM < 19000
  return ImGui::BeginChild(id, size, false, flags);
#else
  return ImGui::BeginChild(id, size, ImGuiChildFlags_None, flags);
#endif
}

}  // namespace gogoscope::imgui_api
