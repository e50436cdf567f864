// The window without a window: an ImGui context that nobody shows, mouse and keys written into it, widgets
// found by name.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "emu/session/live.h"
#include "scenarios/loader.h"
#include "ui/app.h"
#include "ui/imgui_api.h"

namespace gogoscope {

class Offscreen {
 public:
  /// A live session of the default scenario, at state 0.
  Offscreen();
  ~Offscreen();
  Offscreen(const Offscreen&) = delete;
  Offscreen& operator=(const Offscreen&) = delete;

  App& app() { return *app_; }
  Session& session() { return *session_; }
  const Cursor& cursor() const { return session_->cursor(); }
  const Code& code() const { return session_->guest().code; }

  /// One frame, and then the commands that it queued.
  void frame();
  /// One frame that only draws.
  void draw_only();
  /// Presses and releases the mouse in the middle of a widget; false if it was not drawn.
  bool click(std::string_view widget);
  bool click(std::string_view widget, float share_of_width);
  void press(imgui_api::Key key, bool shift = false);
  /// The key that the command table gives to a command.
  void press(CommandId id);
  /// Executes a command past the window: how tests get to where they start.
  Outcome go(CommandId id, std::string argument = "");

 private:
  LoadedScenario loaded_;
  std::unique_ptr<Session> session_;
  ImGuiContext* context_;
  std::unique_ptr<App> app_;
};

}  // namespace gogoscope
