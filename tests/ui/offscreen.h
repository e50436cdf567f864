// The window without a window: an ImGui context that is never shown, mouse and keys written into it, widgets
// found by name.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "emu/session/command_text.h"
#include "scenarios/run/opening.h"
#include "ui/app.h"
#include "ui/imgui_api.h"

namespace gogoscope {

class Offscreen {
 public:
  /// The default scenario, its whole run recorded, at state 0; nothing moves by itself.
  Offscreen();
  explicit Offscreen(OpenedRun run, ImVec2 size = {1600, 1000}, float scale = 1);
  ~Offscreen();
  Offscreen(const Offscreen&) = delete;
  Offscreen& operator=(const Offscreen&) = delete;

  App& app() { return *app_; }
  Session& session() { return app_->session(); }
  const Cursor& cursor() const { return app_->session().cursor(); }
  const Code& code() const { return app_->session().guest().code; }

  /// One frame, and then the commands that it queued.
  void frame();
  /// One frame that only draws.
  void draw_only();
  /// Presses and releases the mouse in the middle of a widget; false if it was not drawn.
  bool click(std::string_view widget);
  bool click(std::string_view widget, float share_of_width);
  bool right_click(std::string_view widget);
  void press(imgui_api::Key key, bool shift = false, bool ctrl = false);
  void type(const char* utf8);
  /// The key that the command table gives to a command.
  void press(CommandId id);
  void press(ActionId id);
  /// Executes a command past the window: how tests get to where they start.
  Outcome go(CommandId id, std::string argument = "");

 private:
  bool click(std::string_view widget, float share_of_width, ImGuiMouseButton button);
  void press(std::string_view shortcut);

  ImGuiContext* context_;
  float scale_;
  std::unique_ptr<App> app_;
};

/// The default scenario, run to its end, its cursor at the start.
OpenedRun default_run();
/// The same of scenarios/NAME.yaml.
OpenedRun run_of(const std::string& name);

}  // namespace gogoscope
