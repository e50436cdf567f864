// From a path to a run that can be looked at: a scenario, executed to its end, or a saved trace.
#pragma once

#include <memory>
#include <string>
#include <variant>

#include "scenarios/run/runner.h"

namespace gogoscope {

struct OpenedRun {
  std::unique_ptr<Session>
      session;       ///< the whole run is recorded; its cursor stands at its end, or a trace's start
  std::string path;  ///< as it was given; empty for the scenario built in
  std::string name;  ///< "02-two-exits"
  Text title;        ///< empty for a trace
  Text about;
  std::string text;  ///< of the scenario file; empty for a trace
  Message warning;   ///< a poke that could not be carried out; usually empty
};

/// Why a path could not be opened.
struct NotOpened {
  Message sentence;         ///< for a file that is no trace; empty where diagnostics say it
  Diagnostics diagnostics;  ///< of a scenario
  std::string text;         ///< the scenario's text that they point into, as far as it could be read
};

/// The scenario that opens when none is named, and the text of it.
std::string_view default_scenario_name();
std::string_view default_scenario_text();

/// An empty path opens the scenario built in. Cost: the whole run, up to a second for a million steps.
std::variant<OpenedRun, NotOpened> open_run(const std::string& path);

}  // namespace gogoscope
