// Where ImGui draws without a window: an OpenGL context without a display, and a framebuffer in memory.
//
//   ImGui::CreateContext();
//   auto canvas = Canvas::open(1600, 1000);        // the canvas, or why there is none
//   if (app.prepare(...)) canvas.load_fonts();     // before the frame that uses them
//   ImGui::NewFrame(); ... ImGui::Render();
//   Picture picture = canvas.draw(*ImGui::GetDrawData());
//
// It uses EGL's surfaceless platform with Mesa's software rasterizer: neither X nor a GPU, and the same bytes
// on every machine with the same Mesa. LIBGL_ALWAYS_SOFTWARE=0 in the environment lets a GPU do it. One
// canvas at a time; ImGui's context must outlive it. Cost: 30-60 ms to open, about as much to draw 1600 x
// 1000.
#pragma once

#include <imgui.h>

#include <memory>
#include <string>
#include <variant>

#include "asm/text/message.h"
#include "ui/picture/picture.h"

namespace gogoscope {

class Canvas {
 public:
  static std::variant<std::unique_ptr<Canvas>, Message> open(int width, int height);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  /// Takes over ImGui's font atlas after it was rebuilt.
  void load_fonts();
  Picture draw(ImDrawData& data);

 private:
  Canvas(int width, int height);
  /// An empty sentence if all went well.
  Message open_context();
  Message open_framebuffer();

  struct Handles;
  std::unique_ptr<Handles> handles_;
  int width_;
  int height_;
};

/// What the framebuffer of the current OpenGL context shows: how a window copies itself, before it swaps.
Picture read_framebuffer(int width, int height);

}  // namespace gogoscope
