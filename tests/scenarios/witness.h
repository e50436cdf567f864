// Runs a scenario on a runtime that is wrong in one line, and says by what it shows.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/run/runner.h"
#include "variants.h"

namespace gogoscope {

using Lines = std::set<std::pair<std::string, std::uint32_t>>;  ///< function, line

/// A shipped scenario and how it runs as it is.
struct Whole {
  Scenario scenario;
  std::uint64_t steps = 0;
  std::string broken;  ///< an invariant, by what the scenario sets
  StopReason stop = StopReason::exit;
  Program program;                   ///< what `end` needs of its guest lives as long as this
  std::shared_ptr<const Image> end;  ///< the last state
  Lines reached;
  bool is_mutant() const { return !scenario.listings.empty(); }
};

/// What notices a variant, and where; empty: nothing.
struct Noticed {
  std::string by;
  std::string scenario;
  bool same = false;  ///< the run has as many steps as the whole one, and ends in the same state
};

/// The shipped scenario of that name, which may be one that is broken on purpose.
Whole whole_scenario(const std::string& name);
/// All of them: the healthy ones first, since those that are broken on purpose reach what no healthy one
/// does; the shortest runs first.
std::vector<Whole> whole_scenarios();

/// What the scenario notices of the variant. It runs without what it expects at places that move, and for at
/// most five times the steps of the whole one.
Noticed told_with(const Whole& whole, const Variant& variant);

/// The first of the scenarios that reach the line and notice. Mutants are heard only where no healthy one
/// notices, and, for a modelled line, where none reaches it.
struct WitnessSearch {
  Noticed told;
  bool reached = false;  ///< by any of them
  bool same = true;      ///< all runs that reach it: it made no difference at all
};
WitnessSearch first_witness(const std::vector<Whole>& all, const Variant& variant);

}  // namespace gogoscope
