// The sections `set` and `ticks`: what the scenario changes from outside when
// the run comes to a place.
#pragma once

#include <optional>
#include <string_view>

#include "scenarios/format/read_section.h"
#include "scenarios/format/scenario.h"

namespace gogoscope {

/// The place of a text such as `runtime.goexit0#1`; nothing (and reported) if it is
/// none.
std::optional<Place> read_place(const YamlNode &node, const Called &what, SectionReader &reader);

/// Reports an error of an expression that is in a node.
void tell(const ExpressionError &error, const YamlNode &node, SectionReader &reader);

/// Both append, in the file's order.
void read_pokes(const YamlNode &node, const Layout &layout, const GoroutineNames &goroutines,
                SectionReader &reader, std::vector<Poke> &out);
void read_ticks(const YamlNode &node, SectionReader &reader, std::vector<Poke> &out);

}  // namespace gogoscope
