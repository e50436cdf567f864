// What many goroutines cost: N of them over 4 Ps, from their go statements to the exit of the last one,
// recorded, with events found and every invariant checked. Per step and per goroutine nothing should grow
// with N.
//
//   build/release/gogoscope_scale_bench
//
// `ratio` is the price of finding events and checking every invariant over that of recording, for the same
// steps, in turns: at most 2.
#include "emu/check/run_events.h"
#include "tests/bench/loads.h"
#include "tests/bench/paired.h"

namespace gogoscope::bench {
namespace {

/// Runs a program to its exit; says so and ends the benchmark if that is not how it ends.
void run_to_exit(Recording& recording) {
  recording.machine().run(recording.trace().guest().step_budget);
  const Stop* const end = recording.trace().end();
  if (end != nullptr && end->reason == StopReason::exit) return;
  std::fprintf(stderr, "%s\n", end ? end->detail.en.c_str() : "the budget is spent");
  std::exit(1);
}

template <class Scan>
void over_recorded(benchmark::State& state, const char* name, Scan scan) {
  Recording recording(many_goroutines(state.range(0))), read(many_goroutines(state.range(0)));
  run_to_exit(read);
  const std::uint64_t steps = read.trace().steps();
  paired(state,
         Side{name, [] {},
              [&] {
                scan(read.trace());
                return steps;
              }},
         Side{"recorded", [&] { recording.start(); },
              [&] {
                run_to_exit(recording);
                return steps;
              }});
  state.counters["steps"] = static_cast<double>(steps);
  state.counters["steps_per_g"] = static_cast<double>(steps) / static_cast<double>(state.range(0));
}

void followed_over_recorded(benchmark::State& state) {
  over_recorded(state, "followed", [](const Trace& trace) {
    RunEvents events(trace);
    events.follow(trace.steps());
    const auto broken = [](const Event& e) { return e.as<InvariantBreak>() != nullptr; };
    if (std::ranges::none_of(events.all(), broken)) return;
    std::fprintf(stderr, "an invariant is broken\n");
    std::exit(1);
  });
}

// Fewer repetitions where one takes seconds.
void sizes(benchmark::internal::Benchmark* b) {
  b->Unit(benchmark::kMillisecond)->Iterations(3)->RangeMultiplier(10)->Range(100, 10'000);
}
BENCHMARK(followed_over_recorded)->Apply(sizes);

}  // namespace
}  // namespace gogoscope::bench

BENCHMARK_MAIN();
