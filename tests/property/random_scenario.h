// Scenario files made at random, each right: it loads, and its tasks use the runtime as Go code may. The same
// seed gives the same file on every machine.
#pragma once

#include <cstdint>
#include <string>

namespace gogoscope {

struct RandomScenario {
  std::string text;
  bool pokes = false;  ///< it changes fields by hand, so its invariants may break
};

RandomScenario random_scenario(std::uint64_t seed);

}  // namespace gogoscope
