#include "ui/program/window.h"

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "asm/text/printable.h"
#include "scenarios/run/bookmark_file.h"
#include "scenarios/verbs/verb.h"
#include "ui/app.h"
#include "ui/file_watch.h"
#include "ui/input_queue.h"
#include "ui/opening_size.h"
#include "ui/picture/canvas.h"
#include "ui/picture/clipboard.h"
#include "ui/program/library.h"
#include "ui/progress.h"

namespace gogoscope {
namespace {

constexpr Pattern kNoDisplay{
    "no display to open a window on; `gogoscope walk SCENARIO` prints the run in the terminal, `gogoscope "
    "shot` "
    "makes pictures of the window",
    "没有可以打开窗口的显示器；`gogoscope walk SCENARIO` 在终端里打印运行过程，`gogoscope shot` "
    "生成窗口的图片"};

constexpr Pattern kBookmarksNotKept{"the bookmarks could not be written", "无法保存书签"};
constexpr Pattern kAnswersNotKept{"the answers could not be written", "无法保存回答"};

// A click takes ImGui a few frames: hover, press, what it opened.
constexpr int kFramesAfterEvent = 3;

/// What GLFW's callbacks leave for the loop.
struct Happened {
  InputQueue input;
  std::string dropped;  ///< a file was dropped on the window
};

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

  /// False without a display.
  bool start() {
    glfw_ = glfwInit() == GLFW_TRUE;
    return glfw_;
  }

  /// A window of that size, at a scale of 1; smaller where the screen is.
  bool open(const char* title, int width, int height) {
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    // Desktops find the icon by it.
    glfwWindowHintString(GLFW_X11_CLASS_NAME, "gogoscope");
    glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "gogoscope");
    // How many pixels a unit has, and how wide a frame is, is known of a window only.
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
    window_ = glfwCreateWindow(width, height, title, nullptr, nullptr);
    if (window_ == nullptr) return false;
    fit(static_cast<float>(width), static_cast<float>(height));
    glfwSetWindowSizeLimits(window_, kLeastWidth, kLeastHeight, GLFW_DONT_CARE, GLFW_DONT_CARE);
    glfwShowWindow(window_);
    glfwMakeContextCurrent(window_);
    glfwSwapInterval(1);
    glfwSetWindowUserPointer(window_, &happened_);
    glfwSetDropCallback(window_, [](GLFWwindow* window, int count, const char** paths) {
      if (count > 0) happened(window).dropped = paths[0];
    });
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    // Nothing is redrawn without an event, so a blinking cursor would stop half way.
    ImGui::GetIO().ConfigInputTextCursorBlink = false;
    imgui_ = ImGui_ImplGlfw_InitForOpenGL(window_, true) && ImGui_ImplOpenGL3_Init("#version 330 core");
    if (imgui_) put_input_in_order();
    return imgui_;
  }

  GLFWwindow* window() const { return window_; }
  Happened& happened() { return happened_; }

  /// How much larger text must be than at a scale of 1, in the window system's units: 2 on an X screen of
  /// twice the density. Where these units grow with the density (Wayland), 1.
  float scale() const {
    float density = 1;
    float ignored = 1;
    glfwGetWindowContentScale(window_, &density, &ignored);
    int width = 0;
    int pixels = 0;
    glfwGetWindowSize(window_, &width, nullptr);
    glfwGetFramebufferSize(window_, &pixels, nullptr);
    if (width > 0 && pixels > 0) density *= static_cast<float>(width) / static_cast<float>(pixels);
    return std::clamp(density, kLeastScale, kMostScale);
  }

 private:
  /// In place of ImGui's own callbacks, which show only the last of what happened between two frames.
  void put_input_in_order() {
#if IMGUI_VERSION_NUM < 18700
    glfwSetKeyCallback(window_, [](GLFWwindow* window, int key, int, int action, int modifiers) {
      if (action == GLFW_PRESS) happened(window).input.press(key, modifiers);
      if (action == GLFW_RELEASE) happened(window).input.release(key);
    });
    glfwSetCharCallback(
        window_, [](GLFWwindow* window, unsigned int letter) { happened(window).input.letter(letter); });
    glfwSetMouseButtonCallback(window_, [](GLFWwindow* window, int button, int action, int) {
      double x = 0;
      double y = 0;
      glfwGetCursorPos(window, &x, &y);
      happened(window).input.button(button, action == GLFW_PRESS,
                                    {static_cast<float>(x), static_cast<float>(y)});
    });
    glfwSetScrollCallback(window_, [](GLFWwindow* window, double x, double y) {
      happened(window).input.wheel(static_cast<float>(x), static_cast<float>(y));
    });
#endif
  }

  static constexpr float kLeastScale = 0.75F;
  static constexpr float kMostScale = 4;
  static constexpr int kLeastWidth = 640;
  static constexpr int kLeastHeight = 480;

  void fit(float width, float height) {
    int x = 0, y = 0, area_width = 0, area_height = 0;
    if (GLFWmonitor* monitor = glfwGetPrimaryMonitor()) {
      glfwGetMonitorWorkarea(monitor, &x, &y, &area_width, &area_height);
    }
    int left = 0, top = 0, right = 0, bottom = 0;
    glfwGetWindowFrameSize(window_, &left, &top, &right, &bottom);
    const ImVec2 frame{static_cast<float>(left + right), static_cast<float>(top + bottom)};
    const ImVec2 area{static_cast<float>(area_width), static_cast<float>(area_height)};
    const ImVec2 size = opening_size({width, height}, scale(), area, frame);
    glfwSetWindowSize(window_, static_cast<int>(size.x), static_cast<int>(size.y));
    // A window as large as that must not begin in the middle of the screen.
    if (size.x < width * scale() || size.y < height * scale()) glfwSetWindowPos(window_, x + left, y + top);
  }

  static Happened& happened(GLFWwindow* window) {
    return *static_cast<Happened*>(glfwGetWindowUserPointer(window));
  }

  bool glfw_ = false;
  bool imgui_ = false;
  GLFWwindow* window_ = nullptr;
  Happened happened_;
};

void begin_frame(Screen& screen, bool typing) {
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  screen.happened().input.before_frame(ImGui::GetIO(), typing);
  ImGui::NewFrame();
}

/// Puts what was drawn into the framebuffer, and says how large that is.
std::pair<int, int> render(Screen& screen) {
  ImGui::Render();
  int width = 0;
  int height = 0;
  glfwGetFramebufferSize(screen.window(), &width, &height);
  glViewport(0, 0, width, height);
  glClearColor(0, 0, 0, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  return {width, height};
}

/// Shows how far a command has come once it takes long, and lets Esc, or closing the window, give it up.
class LongCommand {
 public:
  LongCommand(Screen& screen, const App& app) : screen_(screen), app_(app) {
    // A key that is pressed and let go between two looks counts.
    glfwSetInputMode(screen.window(), GLFW_STICKY_KEYS, GLFW_TRUE);
  }

  /// A command may begin now.
  void begin() {
    begun_ = glfwGetTime();
    glfwGetKey(screen_.window(), GLFW_KEY_ESCAPE);
  }
  bool goes_on(const SearchProgress& progress) {
    const double now = glfwGetTime();
    if (now - begun_ < kPatience || now - drawn_ < kBetweenFrames) return true;
    drawn_ = now;
    glfwPollEvents();
    begin_frame(screen_, false);
    draw_progress(progress, theme(app_.ui().theme), app_.ui().language);
    render(screen_);
    glfwSwapBuffers(screen_.window());
    return glfwGetKey(screen_.window(), GLFW_KEY_ESCAPE) == GLFW_RELEASE &&
           glfwWindowShouldClose(screen_.window()) == GLFW_FALSE;
  }

 private:
  static constexpr double kPatience = 0.3, kBetweenFrames = 0.1;  // seconds
  Screen& screen_;
  const App& app_;
  double begun_ = 0, drawn_ = 0;
};

void draw_frame(Screen& screen, App& app) {
  if (app.prepare(ImGui::GetIO(), screen.scale())) {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }
  begin_frame(screen, app.typing());
  app.draw();
  const auto [width, height] = render(screen);
  if (app.take_picture_wish()) {
    app.notice(copy_picture(read_framebuffer(width, height), app.picture_name(), app.ui().language), false);
  }
  glfwSwapBuffers(screen.window());
}

std::string environment(const char* variable) {
  const char* value = std::getenv(variable);
  return value == nullptr ? "" : value;
}

/// Breakpoints are kept by the file they were set in.
std::string key_of(const std::string& path) {
  if (path.empty()) return "";
  std::error_code error;
  const std::filesystem::path whole = std::filesystem::weakly_canonical(path, error);
  return error ? path : whole.string();
}

/// What is kept from one start to the next: read when the window opens, written when it closes.
class Memory {
 public:
  explicit Memory(App& app) : files_(environment), app_(app) {
    Settings first;
    first.language = language_of_environment();
    settings_ = files_.load(first, complaint_);
    breakpoints_ = files_.load_breakpoints(complaint_);
    bookmarks_ = files_.load_bookmarks(complaint_);
    app_.set_lessons(files_.load_lessons(complaint_));
    app_.apply(settings_);
    recall();
    if (!complaint_.empty()) app_.notice(complaint_, true);
  }

  int width() const { return settings_.window_width; }
  int height() const { return settings_.window_height; }

  /// What is kept of the file that is shown now.
  void recall() {
    const std::string path = bookmarks_path(app_.path());
    beside_ = read_bookmarks(path, app_.session().trace());
    if (!beside_.problem.empty()) app_.notice(beside_.problem.in(app_.ui().language), true);
    const bool use = beside_.there && beside_.usable;
    app_.set_bookmarks(use ? beside_.bookmarks : bookmarks_[key_of(app_.path())]);
    noted_ = app_.bookmarks();
    if (const auto kept = breakpoints_.find(key_of(app_.path())); kept != breakpoints_.end()) {
      app_.set_breakpoints(kept->second);
    }
  }
  void note() { breakpoints_[key_of(app_.path())] = app_.breakpoints(); }

  /// At once, beside the scenario; where nothing can be written there, with the settings.
  void note_bookmarks() {
    if (app_.bookmarks() == noted_) return;
    noted_ = app_.bookmarks();
    beside_.bookmarks = noted_;
    std::vector<Bookmark>& kept = bookmarks_[key_of(app_.path())];
    const bool had = !kept.empty();
    const bool beside = write_bookmarks(bookmarks_path(app_.path()), beside_, app_.session().trace());
    kept = beside ? std::vector<Bookmark>() : noted_;
    if ((had || !beside) && !files_.save(bookmarks_))
      app_.notice(Message(kBookmarksNotKept).in(app_.ui().language), true);
  }

  /// At once: answers are too much work to be lost with the window.
  void note_answers() {
    if (!app_.take_answers_given() || files_.save(app_.ui().lessons)) return;
    app_.notice(Message(kAnswersNotKept).in(app_.ui().language), true);
  }

  void write(int width, int height) {
    note();
    std::erase_if(breakpoints_, [](const auto& kept) { return kept.second.empty(); });
    Settings now = app_.settings();
    now.window_width = width;
    now.window_height = height;
    if (!files_.save(now) || !files_.save(breakpoints_)) {
      complain({{"the settings could not be written", "无法写入设置"}}, app_.ui().language);
    }
  }

 private:
  SettingsFiles files_;
  App& app_;
  std::string complaint_;
  Settings settings_;
  KeptBreakpoints breakpoints_;
  KeptBookmarks bookmarks_;
  BookmarkFile beside_;
  std::vector<Bookmark> noted_;  ///< as they are kept
};

/// Waits until something has happened or time is due; says how much time has passed for what moves.
class Pace {
 public:
  float wait(const App& app) {
    const std::optional<float> wakes_in = app.wakes_in();
    if (frames_due_ > 0 || wakes_in == 0.0F) {
      glfwPollEvents();
    } else if (wakes_in) {
      glfwWaitEventsTimeout(static_cast<double>(*wakes_in));
      frames_due_ = 1;
    } else {
      glfwWaitEvents();
      frames_due_ = kFramesAfterEvent;
      last_ = glfwGetTime();  // the time at rest counts for nothing
    }
    frames_due_ = std::max(frames_due_ - 1, 0);
    const double now = glfwGetTime();
    return static_cast<float>(now - std::exchange(last_, now));
  }
  void something_happened() { frames_due_ = kFramesAfterEvent; }

 private:
  int frames_due_ = kFramesAfterEvent;
  double last_ = glfwGetTime();
};

void run(Screen& screen, App& app, Memory& memory) {
  FileWatch watch([] { glfwPostEmptyEvent(); });
  watch.watch(app.path());
  Pace pace;
  LongCommand command(screen, app);
  app.set_watch([&](const SearchProgress& progress) { return command.goes_on(progress); });
  std::string title;
  while (glfwWindowShouldClose(screen.window()) == GLFW_FALSE && !app.wants_to_quit()) {
    app.advance(pace.wait(app));
    if (watch.changed()) {
      app.reload();
      pace.something_happened();
    }
    if (!screen.happened().dropped.empty()) app.ui().to_open = std::exchange(screen.happened().dropped, {});
    draw_frame(screen, app);
    const bool opens = !app.ui().to_open.empty();
    if (opens) memory.note();
    command.begin();
    const bool executed = app.execute_queued();
    memory.note_answers();
    // What the speaker reads: the window shows the room no notes.
    if (!app.ui().to_print.empty())
      std::cout << printable_lines(std::exchange(app.ui().to_print, {})) << std::flush;
    if (executed || screen.happened().input.pending()) pace.something_happened();
    if (opens) {
      memory.recall();
      watch.watch(app.path());
    } else {
      memory.note_bookmarks();
    }
    if (!app.ui().to_copy.empty()) {
      glfwSetClipboardString(screen.window(), std::exchange(app.ui().to_copy, {}).c_str());
    }
    if (title != app.window_title()) {
      title = app.window_title();
      glfwSetWindowTitle(screen.window(), title.c_str());
    }
  }
  app.set_watch({});
}

/// What was asked for on the command line.
void begin(App& app, const WindowOptions& options) {
  if (options.language) app.ui().language = *options.language;
  if (!options.placed) app.go_to_first_moment();
  if (!options.broken.empty()) {
    app.open(options.broken);
    return;
  }
  app.ui().presenter = options.presenter;
  if (!options.named && !options.placed) app.ui().start = StartMode::page;
}

}  // namespace

int open_window(OpenedRun opened, const WindowOptions& options, RunOpener opener, RunWithout without) {
  Screen screen;
  if (!screen.start()) {
    complain(kNoDisplay, language_of_environment());
    return kBadInput;
  }
  const std::string name = opened.name;
  App app(std::move(opened), std::move(opener));
  app.set_library(shipped_library);
  app.set_without(std::move(without));
  Memory memory(app);
  if (!screen.open(name.c_str(), memory.width(), memory.height())) {
    complain(kNoDisplay, app.ui().language);
    return kBadInput;
  }
  begin(app, options);
  memory.recall();
  run(screen, app, memory);
  int width = 0;
  int height = 0;
  glfwGetWindowSize(screen.window(), &width, &height);
  const auto at_scale_1 = [&](int size) {
    return static_cast<int>(std::lround(static_cast<float>(size) / screen.scale()));
  };
  memory.write(at_scale_1(width), at_scale_1(height));
  return kOk;
}

}  // namespace gogoscope
