#include "tests/ui/offscreen.h"

#include <gtest/gtest.h>

#include <utility>
#include <variant>

#include "ui/keys.h"

namespace gogoscope {
namespace {

OpenedRun opened_at_its_start(const std::string& path) {
  auto opened = open_run(path);
  EXPECT_TRUE(std::holds_alternative<OpenedRun>(opened)) << path;
  OpenedRun run = std::get<OpenedRun>(std::move(opened));
  run.session->execute({CommandId::go_start});
  return run;
}

}  // namespace

OpenedRun default_run() { return opened_at_its_start(""); }

OpenedRun run_of(const std::string& name) {
  return opened_at_its_start(GOGOSCOPE_SOURCE "/scenarios/" + name + ".yaml");
}

Offscreen::Offscreen() : Offscreen(default_run()) {}

Offscreen::Offscreen(OpenedRun run, ImVec2 size, float scale)
    : context_(ImGui::CreateContext()), scale_(scale) {
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.DisplaySize = size;
  io.DeltaTime = 1.0F / 60.0F;
  app_ = std::make_unique<App>(std::move(run), open_run);
  app_->set_without(open_run_without);
  app_->ui().motion = false;
  imgui_api::send_mouse_position(io, 0, 0);
  frame();
}

Offscreen::~Offscreen() {
  app_.reset();
  ImGui::DestroyContext(context_);
}

void Offscreen::draw_only() {
  app_->prepare(ImGui::GetIO(), scale_);
  ImGui::NewFrame();
  app_->draw();
  ImGui::Render();
}

void Offscreen::frame() {
  draw_only();
  app_->execute_queued();
}

bool Offscreen::click(std::string_view widget) { return click(widget, 0.5F, ImGuiMouseButton_Left); }

bool Offscreen::click(std::string_view widget, float share_of_width) {
  return click(widget, share_of_width, ImGuiMouseButton_Left);
}

bool Offscreen::right_click(std::string_view widget) { return click(widget, 0.5F, ImGuiMouseButton_Right); }

bool Offscreen::click(std::string_view widget, float share_of_width, ImGuiMouseButton button) {
  const std::optional<Rect> rect = app_->widgets().find(widget);
  if (!rect) return false;
  ImGuiIO& io = ImGui::GetIO();
  imgui_api::send_mouse_position(io, rect->min.x + rect->width() * share_of_width, rect->center().y);
  frame();
  imgui_api::send_mouse_button(io, true, button);
  frame();
  imgui_api::send_mouse_button(io, false, button);
  frame();
  imgui_api::send_mouse_position(io, 0, 0);
  frame();
  return true;
}

void Offscreen::press(imgui_api::Key key, bool shift, bool ctrl) {
  ImGuiIO& io = ImGui::GetIO();
  imgui_api::send_modifiers(io, ctrl, shift, false);
  imgui_api::send_key(io, key, true);
  frame();
  imgui_api::send_key(io, key, false);
  imgui_api::send_modifiers(io, false, false, false);
  frame();
}

void Offscreen::type(const char* utf8) {
  imgui_api::send_text(ImGui::GetIO(), utf8);
  frame();
  frame();
}

void Offscreen::press(std::string_view text) {
  const std::optional<Shortcut> shortcut = parse_shortcut(text);
  ASSERT_TRUE(shortcut.has_value()) << text;
  ASSERT_FALSE(shortcut->alt);
  press(shortcut->key, shortcut->shift, shortcut->ctrl);
}

void Offscreen::press(CommandId id) { press(info(id).shortcut); }

void Offscreen::press(ActionId id) { press(info(id).shortcut); }

Outcome Offscreen::go(CommandId id, std::string argument) {
  Outcome outcome = execute(session(), id, argument);
  frame();
  return outcome;
}

}  // namespace gogoscope
