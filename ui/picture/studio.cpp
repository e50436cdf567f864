#include "ui/picture/studio.h"

#include <cmath>
#include <utility>

namespace gogoscope {
namespace {

// ImGui knows the size of a child's content a frame late and scrolls a frame after that.
constexpr int kScrollingFrames = 3;
constexpr int kFramesAtRest = 3;

}  // namespace

std::variant<std::unique_ptr<Studio>, Message> Studio::open(OpenedRun run, RunOpener opener, int width,
                                                            int height, float scale) {
  std::unique_ptr<Studio> studio(new Studio(scale));
  studio->context_ = ImGui::CreateContext();
  ImGui::SetCurrentContext(studio->context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.ConfigInputTextCursorBlink = false;
  io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
  io.DeltaTime = 1.0F / 60.0F;
  auto canvas = Canvas::open(width, height);
  if (canvas.index() == 1) return std::get<1>(std::move(canvas));
  studio->canvas_ = std::get<0>(std::move(canvas));
  studio->app_ = std::make_unique<App>(std::move(run), std::move(opener));
  studio->app_->ui().motion = false;
  return studio;
}

Studio::~Studio() {
  app_.reset();
  canvas_.reset();
  ImGui::DestroyContext(context_);
}

void Studio::frame() {
  app_->advance(Motion::kTransition);  // to the end of what has begun to move
  if (app_->prepare(ImGui::GetIO(), scale_)) canvas_->load_fonts();
  ImGui::NewFrame();
  app_->draw();
  ImGui::Render();
  app_->execute_queued();
}

Picture Studio::picture() {
  for (int i = 0; i < kScrollingFrames; ++i) {
    app_->ui().scroll_to_now = true;
    frame();
  }
  for (int i = 0; i < kFramesAtRest; ++i) frame();
  return canvas_->draw(*ImGui::GetDrawData());
}

std::optional<Picture> Studio::panel(const Picture& picture, PanelId id) const {
  const std::optional<Rect> rect = app_->panel_rect(id);
  if (!rect) return std::nullopt;
  return picture.part(static_cast<int>(std::floor(rect->min.x)), static_cast<int>(std::floor(rect->min.y)),
                      static_cast<int>(std::ceil(rect->max.x)), static_cast<int>(std::ceil(rect->max.y)));
}

}  // namespace gogoscope
