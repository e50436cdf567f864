// Explores the orders of a scenario: first without preemptions, then with one, two and so on, until one fails.
// An order fails if it breaks an invariant, or does not end as `finally` says. What `events` and `at` expect
// is of one order, and is not asked of the others; `ticks` move a clock that is moved by choice here.
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
  std::function<bool()> enough = {};  ///< asked now and then; true ends the search early
};

struct ScenarioExplored {
  std::vector<Explored> bounds;  ///< by K; the last one is where it ended
  bool complete = true;          ///< that K, too, was explored to its end
  bool every_order = false;      ///< nothing else would happen with more preemptions
  bool shortest = true;          ///< no order with as many preemptions fails in fewer steps
  int preemptions() const { return static_cast<int>(bounds.size()) - 1; }
  const std::optional<Order>& failure() const { return bounds.back().failure; }
};

/// Why a scenario cannot be explored: it sets fields on the way. Empty if it can.
Message why_not_explored(const Scenario& scenario);

/// The scenario must be explorable. `done` is told of each K when it is over. Errors are those of building it.
std::variant<ScenarioExplored, Diagnostics> explore_scenario(Scenario scenario, const ExploreLimits& limits,
                                                             const std::function<void(const Explored&)>& done);

/// The file's text with the order in place of its schedule, and without what only holds of the order it had;
/// nothing if its keys are not each at the start of a line.
std::optional<std::string> with_order(const Scenario& scenario, const Order& order);
/// "m0*5, expire m1*3"
std::string to_string(const std::vector<Turn>& turns);

}  // namespace gogoscope
