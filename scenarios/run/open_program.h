// From a Go program to a run that can be looked at: the program has run to its end, or as far as its budget
// of steps goes.
#pragma once

#include <string>
#include <variant>

#include "scenarios/go/go_program.h"
#include "scenarios/told/opened_run.h"

namespace gogoscope {

/// Cost: 0.2 s for a small program that is built, then the run.
std::variant<OpenedRun, NotOpened> open_program(const RunSource& source);

/// A program, a scenario or a saved trace.
std::variant<OpenedRun, NotOpened> open_source(const RunSource& source);
/// See open_run_without; a program's runtime is its own.
std::variant<OpenedRun, NotOpened> open_source_without(const RunSource& source, const LeftOutLine& line);

}  // namespace gogoscope
