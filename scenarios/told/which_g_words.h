// What the four answers to "which g?" mean together, in words.
#pragma once

#include <span>

#include "asm/text/message.h"
#include "emu/session/views/which_g.h"

namespace gogoscope {

/// One sentence for each verdict, in their order; {home} is where getg() looks, {g} what it finds there.
std::span<const Pattern> verdict_patterns();

/// The sentence on a moment: "On g0. m.curg names the goroutine it works for."
Message verdict_of(const WhichG& which);

}  // namespace gogoscope
