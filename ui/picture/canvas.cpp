#include "ui/picture/canvas.h"

#define GL_GLEXT_PROTOTYPES
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GL/gl.h>
#include <GL/glext.h>
#include <backends/imgui_impl_opengl3.h>

#include <algorithm>
#include <cstdlib>

namespace gogoscope {
namespace {

/// `why` is an argument called why.
Message no_canvas(const Argument& why) {
  return {{"{why}; Mesa's software OpenGL is in the Debian packages libegl1 and libgl1-mesa-dri",
           "{why}；Mesa 的软件 OpenGL 在 Debian 的 libegl1 和 libgl1-mesa-dri 包里"},
          {why}};
}

}  // namespace

struct Canvas::Handles {
  EGLDisplay display = EGL_NO_DISPLAY;
  EGLContext context = EGL_NO_CONTEXT;
  GLuint framebuffer = 0;
  GLuint colours = 0;
  bool imgui = false;
};

Canvas::Canvas(int width, int height)
    : handles_(std::make_unique<Handles>()), width_(width), height_(height) {}

Canvas::~Canvas() {
  if (handles_->imgui) ImGui_ImplOpenGL3_Shutdown();
  if (handles_->context != EGL_NO_CONTEXT) {
    glDeleteFramebuffers(1, &handles_->framebuffer);
    glDeleteRenderbuffers(1, &handles_->colours);
    eglMakeCurrent(handles_->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    eglDestroyContext(handles_->display, handles_->context);
  }
  // EGL's display stays for the next canvas, until the program ends: Mesa loses memory whenever one is
  // closed.
}

Message Canvas::open_context() {
  // Drivers round differently, so a picture must not depend on the GPU at hand.
  setenv("LIBGL_ALWAYS_SOFTWARE", "1", 0);
  handles_->display = eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
  if (handles_->display == EGL_NO_DISPLAY) {
    return no_canvas(
        {"why", TextView{"EGL has no surfaceless platform here", "这里的 EGL 没有 surfaceless 平台"}});
  }
  if (eglInitialize(handles_->display, nullptr, nullptr) == EGL_FALSE) {
    handles_->display = EGL_NO_DISPLAY;
    return no_canvas({"why", TextView{"EGL finds no driver that draws without a display",
                                      "EGL 找不到不需要显示器就能绘图的驱动"}});
  }
  constexpr EGLint kConfig[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT,
                                EGL_NONE};
  constexpr EGLint kContext[] = {EGL_CONTEXT_MAJOR_VERSION,
                                 3,
                                 EGL_CONTEXT_MINOR_VERSION,
                                 3,
                                 EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                 EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                 EGL_NONE};
  EGLConfig config = nullptr;
  EGLint found = 0;
  if (eglBindAPI(EGL_OPENGL_API) == EGL_TRUE &&
      eglChooseConfig(handles_->display, kConfig, &config, 1, &found) == EGL_TRUE && found == 1) {
    handles_->context = eglCreateContext(handles_->display, config, EGL_NO_CONTEXT, kContext);
  }
  if (handles_->context == EGL_NO_CONTEXT ||
      eglMakeCurrent(handles_->display, EGL_NO_SURFACE, EGL_NO_SURFACE, handles_->context) == EGL_FALSE) {
    return no_canvas({"why", TextView{"EGL gives no OpenGL 3.3 here", "这里的 EGL 不提供 OpenGL 3.3"}});
  }
  return {};
}

Message Canvas::open_framebuffer() {
  glGenFramebuffers(1, &handles_->framebuffer);
  glBindFramebuffer(GL_FRAMEBUFFER, handles_->framebuffer);
  glGenRenderbuffers(1, &handles_->colours);
  glBindRenderbuffer(GL_RENDERBUFFER, handles_->colours);
  glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width_, height_);
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, handles_->colours);
  if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
    return {{"OpenGL cannot draw a picture of {width}x{height}", "OpenGL 画不了 {width}x{height} 的图片"},
            {{"width", width_}, {"height", height_}}};
  }
  handles_->imgui = ImGui_ImplOpenGL3_Init("#version 330 core");
  if (handles_->imgui) return {};
  return {{"OpenGL 3.3 is there, but ImGui cannot use it", "OpenGL 3.3 已就绪，但 ImGui 用不了它"}};
}

std::variant<std::unique_ptr<Canvas>, Message> Canvas::open(int width, int height) {
  std::unique_ptr<Canvas> canvas(new Canvas(width, height));
  Message error = canvas->open_context();
  if (error.empty()) error = canvas->open_framebuffer();
  if (!error.empty()) return error;
  return canvas;
}

void Canvas::load_fonts() {
  ImGui_ImplOpenGL3_NewFrame();  // makes shaders and buffers where there are none yet
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_CreateFontsTexture();
}

Picture Canvas::draw(ImDrawData& data) {
  glBindFramebuffer(GL_FRAMEBUFFER, handles_->framebuffer);
  glViewport(0, 0, width_, height_);
  glClearColor(0, 0, 0, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(&data);
  return read_framebuffer(width_, height_);
}

Picture read_framebuffer(int width, int height) {
  Picture picture{width, height, {}};
  const std::size_t row = 4 * static_cast<std::size_t>(width);
  picture.rgba.resize(row * static_cast<std::size_t>(height));
  glPixelStorei(GL_PACK_ALIGNMENT, 4);
  glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, picture.rgba.data());
  // OpenGL counts rows from the bottom.
  for (int y = 0; y < height / 2; ++y) {
    std::swap_ranges(picture.at(0, y), picture.at(0, y) + row, picture.at(0, height - 1 - y));
  }
  // A window may have no alpha, or one that means nothing.
  for (std::size_t i = 3; i < picture.rgba.size(); i += 4) picture.rgba[i] = 255;
  return picture;
}

}  // namespace gogoscope
