// Reads the section `lesson`: its goal and its stops, with what they say, point at and ask.
#pragma once

#include "scenarios/format/lesson_plan.h"
#include "scenarios/format/read_section.h"

namespace gogoscope {

LessonPlan read_lesson(const YamlNode& node, const Layout& layout, const GoroutineNames& goroutines,
                       SectionReader& reader);

/// A WHERE that is a place or the end; the number of a state only if `any`. Nothing (and reported) if it is
/// none.
std::optional<Where> read_where(const YamlNode& node, const Called& what, bool any, SectionReader& reader);

}  // namespace gogoscope
