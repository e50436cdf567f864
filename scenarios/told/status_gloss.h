// What a status of a g means, in a few plain words.
#pragma once

#include <cstdint>
#include <span>

#include "asm/text/language.h"

namespace gogoscope {

/// "ready to run"; empty where Go has no such status. The scan bit does not matter.
TextView status_gloss(std::uint32_t status);
/// All of them, for what must know their characters.
std::span<const TextView> status_glosses();

}  // namespace gogoscope
