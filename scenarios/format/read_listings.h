// The sections `listings` and `breaks`: how the runtime is broken on purpose, and which invariant notices.
#pragma once

#include <optional>
#include <vector>

#include "scenarios/format/read_section.h"
#include "scenarios/format/scenario.h"

namespace gogoscope {

std::vector<ListingChange> read_listings(const YamlNode& node, SectionReader& reader);
std::optional<ExpectedBreak> read_breaks(const YamlNode& node, SectionReader& reader, Grades& grades);

/// An error of a mutation, moved to its place in the scenario file.
void tell_mutation_error(const Diagnostic& error, const ListingChange& change, Problems& problems);

}  // namespace gogoscope
