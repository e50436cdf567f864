// The window's content drawn into memory: an ImGui context, a canvas and an App, in the right order of
// lifetimes.
//
//   auto studio = Studio::open(std::move(run), open_run, 1600, 1000, 1.0F);
//   studio.app().ui().theme = ThemeId::light;
//   Picture picture = studio.picture();
//
// Nothing moves in it and no settings are read: the same run gives the same picture.
#pragma once

#include <imgui.h>

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "ui/app.h"
#include "ui/picture/canvas.h"

namespace gogoscope {

class Studio {
 public:
  /// Or a sentence that says why there can be no pictures.
  static std::variant<std::unique_ptr<Studio>, Message> open(OpenedRun run, RunOpener opener, int width,
                                                             int height, float scale);
  ~Studio();
  Studio(const Studio&) = delete;
  Studio& operator=(const Studio&) = delete;

  App& app() { return *app_; }
  /// Draws frames until sizes and scrolling have settled, and returns the last.
  Picture picture();
  /// The part of the last picture where a panel was drawn; nothing if it was not in sight.
  std::optional<Picture> panel(const Picture& picture, PanelId id) const;

 private:
  explicit Studio(float scale) : scale_(scale) {}
  void frame();

  float scale_;
  ImGuiContext* context_ = nullptr;
  std::unique_ptr<Canvas> canvas_;
  std::unique_ptr<App> app_;
};

}  // namespace gogoscope
