// What going back in place saves: the search of emu/explore/ against one that runs each order from boot. Both
// explore the same states of the same program and prune alike; where the search takes steps back and goes on
// with another thread, the other one starts again and comes to that state once more.
//
//   build/release/gogoscope_explore_bench
//
// `ratio` is the processor time that a state takes from boot, over that with the search: at least 20.
#include "emu/explore/search.h"
#include "emu/machine/machine.h"
#include "scenarios/run/explore.h"
#include "tests/bench/paired.h"

namespace gogoscope::bench {
namespace {

/// Two goroutines that come after each other, while a second M looks for work: as in the exploration of
/// scenarios, with nothing broken.
Program program() {
  auto read = load_scenario(std::string(GOGOSCOPE_BENCH_SCENARIOS "/explore/second-look.yaml"));
  if (read.index() == 1) std::exit(1);
  Scenario scenario = in_any_order(std::get<0>(read).scenario);
  scenario.listings.clear();
  return std::get<0>(load_scenario(std::move(scenario))).program;
}

/// Sits between the search and its machine. Wherever the search goes back, another machine runs as many steps
/// of the program from boot as lead to that state.
class FromBoot final : public Pilot, public Helm {
 public:
  FromBoot(const ExploreOptions& options, const Program& program)
      : trace_(program.guest),
        again_(program.guest),
        search_(options, trace_),
        machine_(program.guest, program.slots, trace_),
        rerun_(program.guest, program.slots, again_) {
    again_.limit_branches({.count = 0, .bytes = 0});
  }

  std::uint64_t states() {
    machine_.fly(*this);
    return search_.take().states();
  }

  bool decide(Helm& helm) override {
    helm_ = &helm;
    return search_.decide(*this);
  }

  std::uint64_t steps() const override { return helm_->steps(); }
  void give_turn(ThreadId thread, bool expires) override { helm_->give_turn(thread, expires); }
  void deadlock() override { helm_->deadlock(); }
  void take_back(std::uint64_t steps) override {
    if (steps == helm_->steps()) return;
    helm_->take_back(steps);
    rerun_.resume_from(Cursor(again_));
    rerun_.run(steps);
  }

 private:
  Trace trace_, again_;
  OrderSearch search_;
  Machine machine_, rerun_;
  Helm* helm_ = nullptr;
};

void from_boot_over_search(benchmark::State& state) {
  const Program it = program();
  ExploreOptions options;
  options.preemptions = 2;
  options.max_states = 10'000;  // of 100,000: from boot, all of them take a minute
  paired(state, Side{"from_boot", [] {}, [&] { return FromBoot(options, it).states(); }},
         Side{"search", [] {}, [&] { return explore(it.guest, it.slots, options).states(); }});
  state.counters["states_a_second"] = 1e9 / state.counters["search_ns"];
}
BENCHMARK(from_boot_over_search)->Unit(benchmark::kMillisecond)->Iterations(3);

}  // namespace
}  // namespace gogoscope::bench

BENCHMARK_MAIN();
