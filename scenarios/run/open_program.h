// From the file of a Go program to a run that can be looked at: the program has run to its end, or as far as
// its budget of steps goes.
#pragma once

#include <string>
#include <variant>

#include "scenarios/told/opened_run.h"

namespace gogoscope {

/// Whether a path leads to a program rather than to a scenario or a trace: ELF files start with bytes of
/// their own.
bool looks_like_program(const std::string& path);

/// Cost: 0.2 s for a small program, then the run.
std::variant<OpenedRun, NotOpened> open_program(const RunSource& source);

}  // namespace gogoscope
