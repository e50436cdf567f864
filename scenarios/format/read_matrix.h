// The section `matrix`: values for other sections, each with each, that make a file many cases.
//
//   matrix: {procs: [1, 2, 4], schedule: [{seed: 1..50}], build: [{race: true}, {race: false}]}
#pragma once

#include <vector>

#include "scenarios/format/read_section.h"
#include "scenarios/format/scenario.h"

namespace gogoscope {

/// Most cases of a file.
inline constexpr std::size_t kMostCases = 1000;

/// The cases, the values of the last section changing first. What no value states is as in `base`. None (and
/// reported) if something is wrong.
std::vector<MatrixCase> read_matrix(const YamlNode& node, const MachineSettings& base, SectionReader& reader);

}  // namespace gogoscope
