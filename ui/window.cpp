#include "ui/window.h"

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "ui/app.h"
#include "ui/key_taps.h"

namespace gogoscope {
namespace {

constexpr const char* kNoDisplay =
    "gogoscope: no display to open a window on; `gogoscope walk SCENARIO` tells the run in the terminal\n";

// A click takes ImGui a few frames: hover, press, what it opened.
constexpr int kFramesAfterEvent = 3;

/// GLFW and ImGui, closed in reverse order whatever happens.
class Screen {
 public:
  Screen() = default;
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;
  ~Screen() {
    if (imgui_) {
      ImGui_ImplOpenGL3_Shutdown();
      ImGui_ImplGlfw_Shutdown();
      ImGui::DestroyContext();
    }
    if (window_ != nullptr) glfwDestroyWindow(window_);
    if (glfw_) glfwTerminate();
  }

  bool open(const char* title) {
    glfw_ = glfwInit() == GLFW_TRUE;
    if (!glfw_) return false;
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    window_ = glfwCreateWindow(1600, 1000, title, nullptr, nullptr);
    if (window_ == nullptr) return false;
    glfwMakeContextCurrent(window_);
    glfwSwapInterval(1);
    // Before ImGui's own callback, which calls on to this one.
    glfwSetWindowUserPointer(window_, &taps_);
    glfwSetKeyCallback(window_, [](GLFWwindow* window, int key, int, int action, int modifiers) {
      if (action == GLFW_PRESS) static_cast<KeyTaps*>(glfwGetWindowUserPointer(window))->note(key, modifiers);
    });
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    // Nothing is redrawn without an event, so a blinking cursor would stop half way.
    ImGui::GetIO().ConfigInputTextCursorBlink = false;
    imgui_ = ImGui_ImplGlfw_InitForOpenGL(window_, true) && ImGui_ImplOpenGL3_Init("#version 330 core");
    return imgui_;
  }

  GLFWwindow* window() const { return window_; }
  KeyTaps& taps() { return taps_; }

  /// Pixels for each unit of size: 2 on a screen of twice the density.
  float scale() const {
    float x = 1;
    float y = 1;
    glfwGetWindowContentScale(window_, &x, &y);
    return x < 1 ? 1 : x;
  }

 private:
  bool glfw_ = false;
  bool imgui_ = false;
  GLFWwindow* window_ = nullptr;
  KeyTaps taps_;
};

void draw_frame(Screen& screen, App& app) {
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  screen.taps().before_frame(ImGui::GetIO());
  ImGui::NewFrame();
  app.draw();
  ImGui::Render();
  screen.taps().after_frame(ImGui::GetIO());
  int width = 0;
  int height = 0;
  glfwGetFramebufferSize(screen.window(), &width, &height);
  glViewport(0, 0, width, height);
  glClearColor(0, 0, 0, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  glfwSwapBuffers(screen.window());
}

/// Chinese where the user's environment asks for it.
Language language_of_environment() {
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(variable);
    if (value == nullptr || *value == '\0') continue;
    return std::string_view(value).substr(0, 2) == "zh" ? Language::zh : Language::en;
  }
  return Language::en;
}

}  // namespace

int open_window(WindowRequest request) {
  Screen screen;
  const std::string name = request.name;
  if (!screen.open(name.c_str())) {
    std::fputs(kNoDisplay, stderr);
    return kBadInput;
  }
  App app(*request.session, name, request.title);
  app.ui().language = language_of_environment();
  app.set_fonts(load_fonts(ImGui::GetIO(), screen.scale(), app.characters()), screen.scale());

  std::string title;
  int frames_due = kFramesAfterEvent;
  while (glfwWindowShouldClose(screen.window()) == GLFW_FALSE) {
    if (frames_due > 0) {
      glfwPollEvents();
    } else {
      glfwWaitEvents();
      frames_due = kFramesAfterEvent;
    }
    draw_frame(screen, app);
    --frames_due;
    if (app.execute_queued() || screen.taps().pending()) frames_due = kFramesAfterEvent;
    if (title != app.window_title()) {
      title = app.window_title();
      glfwSetWindowTitle(screen.window(), title.c_str());
    }
  }
  return kOk;
}

}  // namespace gogoscope
