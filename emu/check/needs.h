// Which fields an invariant is about: under a release that lacks one of them it cannot be judged.
// Private to this folder.
#pragma once

#include <optional>

#include "asm/text/language.h"
#include "emu/check/invariant.h"
#include "emu/layout/release.h"

namespace gogoscope::check {

/// Why the invariant cannot be judged under this release; nothing if it can. Cost: some comparisons.
std::optional<Text> not_applicable(const Release& release, Invariant id);

}  // namespace gogoscope::check
