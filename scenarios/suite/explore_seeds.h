// Runs a scenario of a Go program in many orders: that of each seed from 1 on, all with the same quantum.
// Which steps of a program other threads can notice is not known, so its orders cannot all be tried, as a
// lesson's are (scenarios/run/explore.h): this is a sample, and proves nothing about the orders that are not
// in it.
//
// What is asked of an order is what `test` asks of a run, but for `events`, `at`, `ticks` and a lesson's
// questions, which are of one order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "emu/session/session.h"
#include "scenarios/format/scenario.h"
#include "scenarios/results/result.h"
#include "scenarios/suite/run_suite.h"

namespace gogoscope {

/// What one sample may have.
inline constexpr std::uint64_t kMostSeeds = 10'000;

struct SeedSample {
  std::uint64_t seeds = 50;     ///< 1 to this
  std::uint32_t quantum = 500;  ///< the longest turn, in steps
};

struct SeedsExplored {
  struct Outcome {
    CaseVerdict verdict = CaseVerdict::passed;
    RunEnd end;                        ///< of the first; of a broken one only its sentence
    std::optional<CaseFailure> first;  ///< what did not hold first, if that is not the end itself
    std::vector<std::uint64_t> seeds;
  };
  struct Failure {
    std::uint64_t seed = 0;
    CaseResult result;
  };
  std::vector<Outcome> outcomes;   ///< in the order of their first seeds
  std::uint64_t ran = 0;           ///< of the sample's seeds
  std::uint64_t broken = 0;        ///< of these, such as gave no result
  std::uint64_t steps = 0;         ///< executed, by those that gave one
  std::uint64_t orders = 0;        ///< different orders of events among these, see `order_of`
  std::optional<Failure> failure;  ///< the first seed that fails

  /// The seeds that fail, sorted.
  std::vector<std::uint64_t> failing() const;
};

/// A hash of the order in which a run's own goroutines changed their status, and what was written when. It
/// says nothing of those that the runtime starts for itself, nor of how many steps lie between. The session
/// is at the end of its run.
std::uint64_t order_of(Session& session);

/// The turns of a seed.
Turns turns_of(const SeedSample& sample, std::uint64_t seed);

/// Of a scenario that can be explored and has a program. By the suite's processes, so that the same comes out
/// for any number of them; the watcher's results are not told.
SeedsExplored explore_seeds(const Scenario& scenario, const SeedSample& sample, const SuiteOptions& options,
                            const SuiteWatcher& watcher, Language language);

}  // namespace gogoscope
