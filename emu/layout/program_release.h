// The release of a program that was built by some Go: its layout comes from its own DWARF; what DWARF does
// not say comes from a table of releases.
#pragma once

#include <memory>

#include "emu/layout/release.h"

namespace gogoscope {

// Statuses of g that came with Go 1.26.
inline constexpr std::uint32_t kGleaked = 10;     ///< blocked for good, as the garbage collector has found
inline constexpr std::uint32_t kGdeadextra = 11;  ///< of an M that waits for a call from C

/// Where its code keeps g and which changes of status are legal: as in the newest release of the table that
/// is not newer than the layout's.
std::shared_ptr<const Release> release_of_program(Layout layout);

}  // namespace gogoscope
