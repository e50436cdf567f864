// Numbers with a unit: 64MB, 20us.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "scenarios/format/read_section.h"

namespace gogoscope {

/// Bytes: a whole number of KB, MB or GB (of 1024), `least` to `most`, in whole
/// pages of Go's heap (8 KB).
std::optional<std::uint64_t> read_size(const YamlNode &node, const Called &what, std::uint64_t least,
                                       std::uint64_t most, SectionReader &reader);

/// Nanoseconds: a whole number followed by ns, us, ms or s, or by nothing,
/// which is ns; 1ns to one hour.
std::optional<std::uint64_t> read_duration(const YamlNode &node, const Called &what, SectionReader &reader);

}  // namespace gogoscope
