// `points` and `hidden`, beside an expectation or around several.
#pragma once

#include <string_view>

#include "scenarios/format/grade.h"
#include "scenarios/format/read_section.h"

namespace gogoscope {

/// Whether a key of a mapping is about its grade.
bool is_of_grade(std::string_view key);

/// Adds the grade of a mapping that has one: it is that of all its parts, which are read after this.
void read_grade(const YamlNode& map, std::string_view section, SectionReader& reader, Grades& grades);

}  // namespace gogoscope
