// The sections that say on what a scenario runs: procs, schedule, build,
// sysmon, heap, budget.
#pragma once

#include <string_view>

#include "scenarios/format/read_section.h"
#include "scenarios/format/scenario.h"

namespace gogoscope {

/// Reads the section if it is one of these; false if its key is none of them.
bool read_machine(std::string_view key, const YamlNode &value, SectionReader &reader, MachineSettings &out);

}  // namespace gogoscope
