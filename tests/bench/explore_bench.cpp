// What the search over states saves against running each order from boot, as it must be done where states cannot be
// compared: both look at the same program with two preemptions, and find states that are new to them.
//
//   build/release/gogoscope_explore_bench
//
// `ratio` is the processor time that a new state takes with orders from boot, over that with the search: at least 20.
#include <unordered_set>

#include "emu/explore/explorer.h"
#include "emu/explore/follower.h"
#include "emu/machine/machine.h"
#include "scenarios/run/explore.h"
#include "tests/bench/paired.h"

namespace gogoscope::bench {
namespace {

constexpr int kPreemptions = 2;
constexpr int kOrders = 200;  ///< run from boot in one go

Program program() {
  auto read = load_scenario(std::string(GOGOSCOPE_BENCH_SCENARIOS "/explore/second-look.yaml"));
  if (read.index() == 1) std::exit(1);
  Scenario scenario = in_any_order(std::get<0>(read).scenario);
  scenario.listings.clear();
  return std::get<0>(load_scenario(std::move(scenario))).program;
}

/// Runs order after order from boot to its end. It goes by the choices that lead there, and the last one that has an
/// alternative is made otherwise in the next order. The rules are those of emu/explore/; that a thread spins is seen
/// within one turn.
class FromBoot final : public Pilot {
 public:
  explicit FromBoot(const Program& program)
      : trace_(program.guest), follower_(trace_), machine_(program.guest, program.slots, trace_) {
    trace_.limit_branches({.count = 0, .bytes = 0});
  }

  /// States that were not seen before.
  std::uint64_t run(int orders) {
    const std::size_t before = seen_.size();
    for (int i = 0; i < orders; ++i) {
      chosen_ = 0;
      left_ = kPreemptions;
      in_turn_.clear();
      machine_.fly(*this);
      while (!choices_.empty() && choices_.back().taken + 1 == choices_.back().of) choices_.pop_back();
      if (choices_.empty()) break;  // that was the last order
      ++choices_.back().taken;
      follower_.back_to(0);
      machine_.resume_from(Cursor(trace_));
    }
    return seen_.size() - before;
  }

  bool decide(Helm& helm) override {
    while (follower_.position() + 1 < helm.steps()) follower_.forward();
    if (follower_.position() < helm.steps()) {
      if (follower_.threads_made() > 1) {
        const std::uint64_t key = follower_.key();
        seen_.insert(key);
        const bool spins = !in_turn_.insert(key).second;
        const std::vector<ThreadId> others = movers();
        if (spins && others.empty()) return false;
        if (spins) return turn_to(others[choose(others.size())], helm);
        if (const std::size_t i = left_ > 0 ? choose(others.size() + 1) : 0; i > 0) {
          --left_;
          return turn_to(others[i - 1], helm);
        }
      }
      follower_.forward();
    }
    if (trace_.end() != nullptr || helm.steps() >= trace_.guest().step_budget) return false;
    if (can_move(follower_.state().thread())) return true;
    const std::vector<ThreadId> others = movers();
    if (!others.empty()) return turn_to(others[choose(others.size())], helm);
    const auto sleeper = earliest();
    return sleeper && turn_to(*sleeper, helm);
  }

 private:
  struct Choice {
    std::size_t taken = 0, of = 1;
  };

  std::size_t choose(std::size_t of) {
    if (chosen_ == choices_.size()) choices_.push_back({0, of});
    return choices_[chosen_++].taken;
  }
  bool turn_to(ThreadId thread, Helm& helm) {
    if (helm.steps() > follower_.position()) helm.take_back(follower_.position());
    helm.give_turn(thread, !can_move(thread));
    follower_.forward();
    in_turn_.clear();
    return true;
  }
  ThreadRow row(ThreadId thread) const { return follower_.threads().row(follower_.state(), thread); }
  bool can_move(ThreadId thread) const {
    return row(thread).can_move() || row(thread).wakes_by_itself(follower_.threads().clock(follower_.state()));
  }
  std::vector<ThreadId> movers() const {
    std::vector<ThreadId> out;
    for (int i = 0; i < follower_.threads_made(); ++i) {
      const auto thread = static_cast<ThreadId>(i);
      if (thread != follower_.state().thread() && can_move(thread)) out.push_back(thread);
    }
    return out;
  }
  std::optional<ThreadId> earliest() const {
    std::optional<ThreadId> out;
    for (int i = 0; i < follower_.threads_made(); ++i) {
      const auto thread = static_cast<ThreadId>(i);
      if (row(thread).state != ThreadState::asleep || row(thread).deadline == 0) continue;
      if (!out || row(thread).deadline < row(*out).deadline) out = thread;
    }
    return out;
  }

  Trace trace_;
  Follower follower_;
  Machine machine_;
  std::vector<Choice> choices_;
  std::size_t chosen_ = 0;
  int left_ = kPreemptions;
  std::unordered_set<std::uint64_t> seen_, in_turn_;
};

void from_boot_over_search(benchmark::State& state) {
  const Program it = program();
  FromBoot from_boot(it);
  std::uint64_t states = 0;
  paired(state, Side{"from_boot", [] {}, [&] { return from_boot.run(kOrders); }},
         Side{"search", [] {}, [&] {
                ExploreOptions options;
                options.preemptions = kPreemptions;
                return states = explore(it.guest, it.slots, options).states();
              }});
  state.counters["states"] = static_cast<double>(states);
}
BENCHMARK(from_boot_over_search)->Unit(benchmark::kMillisecond)->Iterations(5);

}  // namespace
}  // namespace gogoscope::bench

BENCHMARK_MAIN();
