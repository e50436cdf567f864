// What a long run costs: a Go program with channel traffic and garbage collection, 200 million steps of it.
//
//   build/release/gogoscope_long_bench [MILLIONS OF STEPS]
//
// `ratio` is what a recorded step costs where most of the record is released, over what it costs where the
// record is kept whole; both take turns. Bounds: ratio 1.25, 100 ms a seek, 2 s for each 10 million steps
// that are searched, 1 GB. Times are processor time.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>

#include "emu/elf/binary.h"
#include "emu/linux/process.h"
#include "emu/live/live.h"
#include "emu/session/command_text.h"
#include "tests/bench/paired.h"

namespace gogoscope::bench {
namespace {

double seconds() { return processor_ns() / 1e9; }

double memory_mb(const char* field) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double kb = 0;
    if (word == field && status >> kb) return kb / 1024;
  }
  return 0;
}

Program program(std::uint64_t steps) {
  std::ifstream in(GOGOSCOPE_BENCH_GO_PROGRAM, std::ios::binary);
  auto read = read_binary_here(std::string(std::istreambuf_iterator<char>(in), {}));
  if (const auto* const why = std::get_if<Message>(&read)) {
    fmt::print(stderr, "{}\n", why->in(Language::en));
    std::exit(1);
  }
  ProcessOptions options;
  options.name = "long";
  options.arguments = {"/long"};
  options.step_budget = steps;
  return std::get<Program>(make_process(std::get<Binary>(read), options));
}

/// Nanoseconds for a recorded step.
double recorded(const Program& program, const RecordLimits& limits) {
  const auto session = live_session(program, limits);
  const double from = processor_ns();
  session->execute({CommandId::run, {}, StopMask{}});
  return (processor_ns() - from) / static_cast<double>(session->trace().steps());
}

void compare_recording() {
  const Program short_run = program(10'000'000);
  const RecordLimits whole{.whole_chunks = ~std::uint32_t{0}};
  const RecordLimits released{.delta_bytes = 32 << 20};
  std::vector<double> ratios;
  recorded(short_run, whole);
  for (int i = 0; i < 5; ++i) ratios.push_back(recorded(short_run, released) / recorded(short_run, whole));
  fmt::print("recording, ratio                  {:.2f}\n", median(ratios));
}

/// Searches `steps` steps at most, and says what 10 million cost.
void search(Session& session, const char* what, CommandId id, const std::string& argument, std::uint64_t at) {
  constexpr std::uint64_t kSearched = 20'000'000;
  execute(session, CommandId::run_to, std::to_string(at));
  std::uint64_t searched = 0;
  int asked = 0;
  session.set_watch([&](const SearchProgress& progress) {
    ++asked;
    searched = std::max(progress.from, progress.at) - std::min(progress.from, progress.at);
    return searched < kSearched;
  });
  const double from = seconds();
  const Outcome outcome = execute(session, id, argument);
  const double took = seconds() - from;
  session.set_watch({});
  fmt::print("{:<33} {:.2f} s for 10 M steps ({:.1f} M searched, asked {} times: {})\n", what,
             took / (static_cast<double>(searched) / 1e7), static_cast<double>(searched) / 1e6, asked,
             outcome.ok() ? "found" : outcome.error.in(Language::en));
}

void measure(std::uint64_t steps) {
  const double before = memory_mb("VmRSS:");
  const auto session = live_session(program(steps));
  double from = seconds();
  session->execute({CommandId::run, {}, StopMask{}});
  const Trace& trace = session->trace();
  fmt::print("{:.1f} M steps, {:.1f} bytes each    {:.0f} ns a step\n",
             static_cast<double>(trace.steps()) / 1e6,
             static_cast<double>(trace.delta_bytes()) / static_cast<double>(trace.steps()),
             (seconds() - from) * 1e9 / static_cast<double>(trace.steps()));
  const auto mb = [](std::uint64_t bytes) { return static_cast<double>(bytes) / (1 << 20); };
  const auto memory = [&] {
    fmt::print(
        "memory                            {:.0f} MB, at most {:.0f}: deltas {:.0f}, {} keyframes {:.0f}\n",
        memory_mb("VmRSS:") - before, memory_mb("VmHWM:"), mb(trace.present_bytes()), trace.keyframes(),
        mb(trace.keyframe_bytes()));
  };
  memory();

  std::mt19937_64 random(1);
  std::vector<double> times;
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t state = random() % trace.steps();
    from = processor_ns();
    execute(*session, CommandId::run_to, std::to_string(state));
    times.push_back((processor_ns() - from) / 1e6);
  }
  std::ranges::sort(times);
  fmt::print(
      "1,000 seeks                       median {:.1f} ms, 99 % {:.1f}, most {:.1f}; {} segments made "
      "again\n",
      times[500], times[990], times.back(), trace.remade());
  search(*session, "last write, released", CommandId::last_write, "runtime.sched.maxmcount",
         trace.steps() / 2);
  search(*session, "next write, released", CommandId::next_write, "runtime.sched.maxmcount",
         trace.steps() / 4);
  execute(*session, CommandId::set_break, "runtime.throw");
  search(*session, "breakpoint backwards, released", CommandId::run_back, "", trace.steps() * 3 / 4);
  memory();
  execute(*session, CommandId::clear_break, "runtime.throw");
  search(*session, "events", CommandId::next_event, "", 0);
  const double all = seconds();
  const std::size_t events = session->events().size();
  fmt::print("all {} events, {} bytes each    {:.2f} s for 10 M steps\n", events, sizeof(Event),
             (seconds() - all) / (static_cast<double>(trace.steps()) / 1e7));
  memory();
}

}  // namespace
}  // namespace gogoscope::bench

int main(int argc, char** argv) {
  using namespace gogoscope::bench;
  compare_recording();
  measure((argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 200) * 1'000'000);
}
