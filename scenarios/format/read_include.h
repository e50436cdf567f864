// The section `include`: files of the scenario's folder whose sections are part of the scenario.
//
//   include: common.yaml
//   include: [frame.yaml, checks.yaml]
#pragma once

#include <vector>

#include "scenarios/format/read_section.h"
#include "scenarios/format/scenario.h"

namespace gogoscope {

/// The files, read but not yet taken apart. Names are looked up beside `path` and nowhere else.
std::vector<IncludedFile> read_include(const YamlNode& node, const std::string& path, SectionReader& reader);

}  // namespace gogoscope
