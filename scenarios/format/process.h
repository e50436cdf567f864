// The process of a Go program, as a scenario or a command line asks for it.
#pragma once

#include <variant>

#include "asm/text/message.h"
#include "emu/machine/program.h"
#include "scenarios/format/scenario.h"

namespace gogoscope {

/// Of a plan whose program could be opened. Cost: that of make_process.
std::variant<Program, Message> make_process(const ProgramPlan& plan, const MachineSettings& machine);

}  // namespace gogoscope
