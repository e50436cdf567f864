// The section `events`, changed so that its events come.
#pragma once

#include <vector>

#include "scenarios/rewrite/yaml_source.h"
#include "scenarios/run/around.h"
#include "scenarios/run/runner.h"

namespace gogoscope {

/// The cheapest changes of fields after which the events come in this order; one that nothing resembles goes,
/// where it has lines of its own and is worth no points. None if all come already, or none will do.
std::vector<TextEdit> update_events(const Scenario& scenario, const Trace& trace, const Told& told,
                                    const YamlSource& source);

}  // namespace gogoscope
