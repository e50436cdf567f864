// What many goroutines cost: N of them over 4 Ps, from their go statements to the exit of the last one,
// recorded, with events found and every invariant checked. Per step and per goroutine nothing should grow
// with N.
//
//   build/release/gogoscope_scale_bench
//
// `checked` over `recorded` is the price of the invariants; both run the same steps.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#include "emu/check/checker.h"
#include "emu/history/event_scanner.h"
#include "emu/machine/machine.h"
#include "emu/runtime/program.h"

namespace {

using namespace gogoscope;

Program many_goroutines(std::int64_t n) {
  ProgramOptions options;
  options.name = "scale";
  options.procs = 4;
  options.heap_bytes = 64 << 20;
  options.step_budget = 50'000'000;
  options.bodies = {{"bench", fmt::format(R"(
DATA main·left+0(SB)/8, ${0}
GLOBL main·left(SB), NOPTR, $8
TEXT main·main(SB), $24-0
	MOVQ ${0}, left-8(SP)
spawn:
	GO main·worker(SB)
	DECQ left-8(SP)
	JNE spawn
wait:
	CALL runtime·Gosched(SB)
	CMPQ main·left(SB), $0
	JNE wait
	RET
TEXT main·worker(SB), NOSPLIT, $0-0
	LOCK
	DECQ main·left(SB)
	RET
)",
                                          n)}};
  auto built = build_program(options);
  if (const auto* wrong = std::get_if<1>(&built)) {
    std::fputs(format(wrong->front()).c_str(), stderr);
    std::exit(1);
  }
  return std::get<Program>(built);
}

void run(benchmark::State& state, bool events, bool invariants) {
  const Program program = many_goroutines(state.range(0));
  std::uint64_t steps = 0, broken = 0;
  for (auto _ : state) {
    Trace trace(program.guest);
    Machine machine(program.guest, program.slots, trace);
    machine.run(program.guest->step_budget);
    std::vector<Event> found;
    if (events) EventScanner(trace).scan(trace.steps(), found);
    const std::size_t before = found.size();
    if (invariants) InvariantChecker(trace).scan(trace.steps(), found);
    broken = found.size() - before;
    steps = trace.steps();
    if (trace.end() == nullptr || trace.end()->reason != StopReason::exit || broken != 0) {
      state.SkipWithError(trace.end() ? trace.end()->detail.c_str() : "the budget is spent");
      return;
    }
  }
  const auto n = static_cast<double>(state.range(0));
  state.counters["steps"] = static_cast<double>(steps);
  state.counters["steps_per_g"] = static_cast<double>(steps) / n;
  state.counters["time_per_step"] =
      benchmark::Counter(static_cast<double>(steps),
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

BENCHMARK_CAPTURE(run, recorded, false, false)
    ->RangeMultiplier(10)
    ->Range(100, 10'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(run, with_events, true, false)
    ->RangeMultiplier(10)
    ->Range(100, 10'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(run, checked, false, true)
    ->RangeMultiplier(10)
    ->Range(100, 10'000)
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
