#include "tests/ui/offscreen.h"

#include <gtest/gtest.h>

#include <utility>
#include <variant>

#include "ui/keys.h"

namespace gogoscope {
namespace {

LoadedScenario default_scenario() {
  auto loaded =
      load_scenario_text(std::string(default_scenario_name()), std::string(default_scenario_text()));
  EXPECT_TRUE(std::holds_alternative<LoadedScenario>(loaded));
  return std::get<LoadedScenario>(std::move(loaded));
}

}  // namespace

Offscreen::Offscreen() : loaded_(default_scenario()), session_(live_session(loaded_.program)) {
  context_ = ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.DisplaySize = {1600, 1000};
  io.DeltaTime = 1.0F / 60.0F;
  app_ = std::make_unique<App>(*session_, loaded_.scenario.name, loaded_.scenario.title);
  app_->set_fonts(load_fonts(io, 1, app_->characters()), 1);
  imgui_api::send_mouse_position(io, 0, 0);
  frame();
}

Offscreen::~Offscreen() {
  app_.reset();
  ImGui::DestroyContext(context_);
}

void Offscreen::draw_only() {
  ImGui::NewFrame();
  app_->draw();
  ImGui::Render();
}

void Offscreen::frame() {
  draw_only();
  app_->execute_queued();
}

bool Offscreen::click(std::string_view widget) { return click(widget, 0.5F); }

bool Offscreen::click(std::string_view widget, float share_of_width) {
  const std::optional<Rect> rect = app_->widgets().find(widget);
  if (!rect) return false;
  ImGuiIO& io = ImGui::GetIO();
  imgui_api::send_mouse_position(io, rect->min.x + rect->width() * share_of_width, rect->center().y);
  frame();
  imgui_api::send_mouse_button(io, true);
  frame();
  imgui_api::send_mouse_button(io, false);
  frame();
  imgui_api::send_mouse_position(io, 0, 0);
  frame();
  return true;
}

void Offscreen::press(imgui_api::Key key, bool shift) {
  ImGuiIO& io = ImGui::GetIO();
  imgui_api::send_modifiers(io, false, shift, false);
  imgui_api::send_key(io, key, true);
  frame();
  imgui_api::send_key(io, key, false);
  imgui_api::send_modifiers(io, false, false, false);
  frame();
}

void Offscreen::press(CommandId id) {
  const std::optional<Shortcut> shortcut = parse_shortcut(info(id).shortcut);
  ASSERT_TRUE(shortcut.has_value()) << info(id).shortcut;
  ASSERT_FALSE(shortcut->ctrl || shortcut->alt);
  press(shortcut->key, shortcut->shift);
}

Outcome Offscreen::go(CommandId id, std::string argument) {
  Outcome outcome = session_->execute({id, std::move(argument)});
  frame();
  return outcome;
}

}  // namespace gogoscope
