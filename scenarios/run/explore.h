// Explores the orders of a scenario: first without preemptions, then with one, two and so on, until one
// fails. An order fails if it breaks an invariant, or does not end as `finally` says. What `events` and `at`
// expect is of one order, and is not asked of the others, and neither are a lesson's questions; `ticks` move
// a clock that is moved by choice here. A Go program has too many orders: of these a sample is run
// (scenarios/suite/explore_seeds.h).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "emu/explore/explorer.h"
#include "scenarios/format/loader.h"

namespace gogoscope {

struct ExploreLimits {
  int preemptions = 2;                ///< the last K
  std::uint64_t max_states = 0;       ///< that one K may take, again ones included; 0: any number
  unsigned jobs = 1;                  ///< processes; how many a search takes changes nothing but its time
  std::function<bool()> enough = {};  ///< asked now and then; true ends the search early
};

struct ScenarioExplored {
  std::vector<Explored> bounds;  ///< by K, at least one; the last one is where it ended
  bool shortest = true;          ///< no order with as many preemptions fails in fewer steps

  const Explored& last() const { return bounds.back(); }
  int preemptions() const { return static_cast<int>(bounds.size()) - 1; }
  const std::optional<Explored::Failure>& failure() const { return last().failure; }
};

/// Why a scenario, of a lesson or a program, cannot be explored: it sets fields on the way. Empty if it can.
Message why_not_explored(const Scenario& scenario);

/// The scenario as it is explored: its clock stands still between choices, and what holds of one order only
/// (schedule, ticks, events, expectations at places, the lesson) is gone. Whichever turns are then put into
/// it decide.
Scenario in_any_order(Scenario scenario);

/// The scenario must be explorable, and `loaded` is that of in_any_order. `done` is told of each K when it is
/// over. An error if a process of the search ended before its time.
std::variant<ScenarioExplored, Message> explore_orders(const LoadedScenario& loaded,
                                                       const ExploreLimits& limits,
                                                       const std::function<void(const Explored&)>& done);

/// The file's text with the order in place of its schedule, and without what only holds of the order it had;
/// nothing if its keys are not each at the start of a line.
std::optional<std::string> with_order(const Scenario& scenario, const Order& order);
/// The same with the schedule of a seed.
std::optional<std::string> with_seed(const Scenario& scenario, const Turns& turns);
/// "m0*5, expire m1*3"
std::string to_string(const std::vector<Turn>& turns);

}  // namespace gogoscope
