// What a scenario costs besides its recorded steps, whether the memory of a process that runs many stays as
// it is, and what a second process gains: over all shipped scenarios and mutants.
//
//   build/release/gogoscope_suite_bench
//
// Bounds: 10 ms of processor time a scenario besides its steps; memory flat over 1,000 scenarios; two
// processes at least 1.8 times as fast as one, where two processors are free.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>

#include "emu/live/live.h"
#include "scenarios/run/runner.h"
#include "scenarios/suite/run_case.h"
#include "scenarios/suite/run_suite.h"
#include "tests/bench/paired.h"

namespace gogoscope::bench {
namespace {

std::vector<Case> shipped() {
  std::vector<Case> cases = find_cases({GOGOSCOPE_BENCH_SCENARIOS}).cases;
  for (const Case& one : cases) run_case(one, Language::en);  // caches, pages of the host
  return cases;
}

/// ms of processor time.
template <class Do>
double cost(Do work) {
  const double from = processor_ns();
  work();
  return (processor_ns() - from) / 1e6;
}

/// All of a case, without the execution of its steps.
void besides_its_steps(benchmark::State& state) {
  const std::vector<Case> cases = shipped();
  std::vector<double> all, steps;
  for (auto _ : state) {
    double whole = 0, executed = 0;
    for (const Case& one : cases) {
      whole += cost([&] { run_case(one, Language::en); });
      auto loaded = load_scenario(one.file);
      if (loaded.index() == 1) continue;
      const LoadedScenario& scenario = std::get<0>(loaded);
      std::unique_ptr<Session> session;
      const double made = cost([&] { session = live_session(scenario.program); });
      executed += cost([&] { run_scenario(scenario); }) - made;
    }
    all.push_back(whole / static_cast<double>(cases.size()));
    steps.push_back(executed / static_cast<double>(cases.size()));
  }
  state.counters["ms_a_scenario"] = median(all);
  state.counters["ms_of_steps"] = median(steps);
  state.counters["ms_besides"] = median(all) - median(steps);
}
BENCHMARK(besides_its_steps)->Iterations(5)->Unit(benchmark::kMillisecond);

double resident_mb() {
  std::ifstream statm("/proc/self/statm");
  double pages = 0;
  statm >> pages >> pages;
  return pages * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

/// What one process occupies after its first 100 scenarios, and after 1,000.
void memory_over_1000(benchmark::State& state) {
  const std::vector<Case> cases = shipped();
  double early = 0, late = 0;
  for (auto _ : state) {
    for (std::size_t n = 1; n <= 1000; ++n) {
      run_case(cases[n % cases.size()], Language::en);
      if (n == 100) early = resident_mb();
    }
    late = resident_mb();
  }
  state.counters["MB_after_100"] = early;
  state.counters["MB_after_1000"] = late;
}
BENCHMARK(memory_over_1000)->Iterations(1)->Unit(benchmark::kMillisecond);

double seconds_with(const std::vector<Case>& cases, int jobs) {
  SuiteOptions options;
  options.jobs = jobs;
  const auto from = std::chrono::steady_clock::now();
  run_suite(cases, options, {}, Language::en);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - from;
  return taken.count();
}

/// By the clock, in turns.
void two_processes_over_one(benchmark::State& state) {
  const std::vector<Case> cases = shipped();
  std::vector<double> ratios;
  for (auto _ : state) ratios.push_back(seconds_with(cases, 1) / seconds_with(cases, 2));
  state.counters["ratio"] = median(ratios);
  state.counters["best_ratio"] = *std::max_element(ratios.begin(), ratios.end());
}
BENCHMARK(two_processes_over_one)->Iterations(5)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace gogoscope::bench

BENCHMARK_MAIN();
