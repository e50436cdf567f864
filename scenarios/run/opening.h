// From a path to a run that can be looked at: a scenario, executed to its end, or a saved trace.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "scenarios/format/loader.h"
#include "scenarios/told/opened_run.h"

namespace gogoscope {

/// The scenario that opens when none is named, and the text of it.
std::string_view default_scenario_name();
std::string_view default_scenario_text();

/// The scenario that it names, read and assembled, in its case and with what is handed in.
std::variant<LoadedScenario, NotOpened> load_scenario_of(const RunSource& source);

/// Cost: the whole run, up to a second for a million steps.
std::variant<OpenedRun, NotOpened> open_run_from(const RunSource& source);
/// The scenario with one more line of the runtime left out. Its lesson and expectations are those of its
/// file.
std::variant<OpenedRun, NotOpened> open_run_without(const RunSource& source, const LeftOutLine& line);
/// A path by itself.
std::variant<OpenedRun, NotOpened> open_run(const std::string& path);

}  // namespace gogoscope
