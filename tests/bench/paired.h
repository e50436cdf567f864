// Two loads that take turns in one process, and the median of the ratios of their times. On a shared machine
// a figure taken after another says more about the neighbours than about the code: a ratio of two loads that
// ran a moment apart does not.
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <ctime>
#include <string>
#include <vector>

namespace gogoscope::bench {

/// The processor time of this thread, ns: what others take of the machine does not count.
inline double processor_ns() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

/// One side of a pair. `run` does the work that is timed and returns how many things it has done (steps,
/// copies); `prepare` comes before each run and is not timed.
template <class Prepare, class Run>
struct Side {
  std::string name;
  Prepare prepare;
  Run run;

  /// Nanoseconds for each thing done.
  double measure() {
    prepare();
    const double from = processor_ns();
    const auto done = static_cast<double>(run());
    return (processor_ns() - from) / done;
  }
};
template <class Prepare, class Run>
Side(const char*, Prepare, Run) -> Side<Prepare, Run>;
template <class Prepare, class Run>
Side(std::string, Prepare, Run) -> Side<Prepare, Run>;

inline double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Counters: `ratio`, the median of first / second over all repetitions, and for each side the median of its
/// nanoseconds.
template <class First, class Second>
void paired(benchmark::State& state, First first, Second second) {
  first.measure();  // once unmeasured: caches, the engine's translations, pages of the host
  second.measure();
  std::vector<double> ratios, firsts, seconds;
  for (auto _ : state) {
    firsts.push_back(first.measure());
    seconds.push_back(second.measure());
    ratios.push_back(firsts.back() / seconds.back());
  }
  state.counters["ratio"] = median(ratios);
  state.counters[first.name + "_ns"] = median(firsts);
  state.counters[second.name + "_ns"] = median(seconds);
}

/// Repetitions of a pair: an odd number, so that there is a middle one.
inline constexpr int kRepetitions = 15;

}  // namespace gogoscope::bench
