// What the window costs the CPU, without a GPU and without a display: a frame is everything from the command
// that moved the session to the finished draw lists, with a record of a million steps open.
//
//   build/release/gogoscope_window_bench
//
// Read the counters: "max_ms" is the worst frame of the run. The bound is 4 ms a frame while scrubbing; the
// first frame, fonts included, is due half a second after the start.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <random>

#include "scenarios/run/opening.h"
#include "ui/app.h"

namespace {

using namespace gogoscope;
using Clock = std::chrono::steady_clock;

OpenedRun opened(const std::string& path) {
  auto run = open_run(path);
  if (run.index() == 1) {
    std::fprintf(stderr, "%s cannot be opened\n", path.c_str());
    std::exit(1);
  }
  return std::get<0>(std::move(run));
}

/// A window of 1920x1080 that is never shown.
class Window {
 public:
  explicit Window(OpenedRun run) : context_(ImGui::CreateContext()), app_(std::move(run), open_run) {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {1920, 1080};
    io.DeltaTime = 1.0F / 60.0F;
  }
  ~Window() { ImGui::DestroyContext(context_); }

  App& app() { return app_; }
  void frame() {
    app_.execute_queued();
    app_.prepare(ImGui::GetIO(), 1);
    ImGui::NewFrame();
    app_.draw();
    ImGui::Render();
    benchmark::DoNotOptimize(ImGui::GetDrawData());
  }
  /// A frame that comes to a moment, in milliseconds.
  double frame_at(std::uint64_t state) {
    const auto from = Clock::now();
    app_.queue(Command{CommandId::run_to, Where::at_state(state)});
    frame();
    return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
  }

 private:
  ImGuiContext* context_;
  App app_;
};

Window& window_with_a_million_steps() {
  static Window window(opened(GOGOSCOPE_BENCH_SCENARIO));
  static bool first = true;
  if (std::exchange(first, false)) {
    for (int i = 0; i < 5; ++i) window.frame();
    std::printf("steps %llu, events %zu\n", static_cast<unsigned long long>(window.app().view().steps),
                window.app().view().record_events->size());
  }
  return window;
}

void frame_at_rest(benchmark::State& state) {
  Window& window = window_with_a_million_steps();
  for (auto _ : state) window.frame();
}
BENCHMARK(frame_at_rest)->Unit(benchmark::kMillisecond);

/// A drag along the timeline, three pixels a frame, there and back.
void frame_while_scrubbing(benchmark::State& state) {
  Window& window = window_with_a_million_steps();
  const std::uint64_t steps = window.app().view().steps;
  const std::uint64_t stride = steps / 1800 * 3;
  std::uint64_t at = 0;
  bool forwards = true;
  double worst = 0;
  for (auto _ : state) {
    if (forwards ? at + stride > steps : at < stride) forwards = !forwards;
    at = forwards ? at + stride : at - stride;
    worst = std::max(worst, window.frame_at(at));
  }
  state.counters["max_ms"] = worst;
}
BENCHMARK(frame_while_scrubbing)->Unit(benchmark::kMillisecond);

/// Clicks far apart: half the record is walked for each, on average a third.
void frame_after_a_far_jump(benchmark::State& state) {
  Window& window = window_with_a_million_steps();
  const std::uint64_t steps = window.app().view().steps;
  std::mt19937 random(1);
  double worst = 0;
  for (auto _ : state) worst = std::max(worst, window.frame_at(random() % (steps + 1)));
  state.counters["max_ms"] = worst;
}
BENCHMARK(frame_after_a_far_jump)->Unit(benchmark::kMillisecond);

/// The lesson opened, run, its fonts loaded, its first frame drawn.
void first_frame(benchmark::State& state) {
  for (auto _ : state) {
    Window window(opened(""));
    window.frame();
  }
}
BENCHMARK(first_frame)->Unit(benchmark::kMillisecond);

/// A shipped file read again, as after its author has saved it: read, run, judged, the place kept, and the
/// first frame of it drawn. "max_ms" is the slowest of them; the bound is 100 ms.
void reload_of_each_shipped_file(benchmark::State& state) {
  std::vector<std::string> paths;
  for (const char* folder : {"", "/lessons"}) {
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string(GOGOSCOPE_BENCH_SCENARIOS) + folder)) {
      if (entry.path().extension() == ".yaml") paths.push_back(entry.path().string());
    }
  }
  std::sort(paths.begin(), paths.end());
  Window window(opened(""));
  double worst = 0, all = 0;
  std::string slowest;
  for (auto _ : state) {
    for (const std::string& path : paths) {
      window.app().open(path);
      window.frame();
      const auto from = Clock::now();
      window.app().reload();
      window.frame();
      const double took = std::chrono::duration<double, std::milli>(Clock::now() - from).count();
      all += took;
      if (took > worst) slowest = path.substr(path.rfind('/') + 1);
      worst = std::max(worst, took);
    }
  }
  state.counters["max_ms"] = worst;
  state.counters["mean_ms"] = all / static_cast<double>(paths.size() * state.iterations());
  state.SetLabel(slowest);
}
BENCHMARK(reload_of_each_shipped_file)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
