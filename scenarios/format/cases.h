// The runs of one file: `matrix` makes several of it.
//
//   auto loaded = load_scenario(path);
//   for (const MatrixCase& one : cases_of(loaded.scenario)) auto run = load_scenario(in_case(loaded.scenario,
//   one));
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "scenarios/format/scenario.h"

namespace gogoscope {

/// In the order of the matrix; of a scenario without one itself, as a case without a name.
std::vector<MatrixCase> cases_of(const Scenario& scenario);

/// The scenario as that case runs it.
Scenario in_case(Scenario scenario, const MatrixCase& one);

/// The case of that name, in which spaces do not matter; or why there is none, with the nearest.
std::variant<MatrixCase, Message> find_case(const Scenario& scenario, std::string_view name);

/// "x.yaml [procs=2, seed=7]", "x.yaml".
std::string with_case(std::string_view what, const Scenario& scenario);

}  // namespace gogoscope
