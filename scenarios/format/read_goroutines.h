// The section `goroutines`: names for goroutines, by the go statement that starts them.
//
//   goroutines: {worker: "main.worker#1", other: "main.worker#2"}
#pragma once

#include <vector>

#include "scenarios/format/read_section.h"
#include "scenarios/format/scenario.h"

namespace gogoscope {

std::vector<NamedGoroutine> read_goroutines(const YamlNode& node, SectionReader& reader);

}  // namespace gogoscope
