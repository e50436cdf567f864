// The section `schedule`: which thread moves next, where several could.
//
//   schedule: round-robin
//   schedule: {round-robin: {quantum: 50}}
//   schedule: {seed: 7, quantum: 20}
//   schedule: [m0*5, m1*3]                      then round-robin
//   schedule: {list: [m0*5, m1], seed: 7}       then by the seed
//
// The seed and the list as one line of plain text, too: `seed 7`, `list [m0*5, m1*3]`.
#pragma once

#include "emu/guest/turns.h"
#include "scenarios/format/read_section.h"

namespace gogoscope {

Turns read_schedule(const YamlNode &node, SectionReader &reader);

}  // namespace gogoscope
