// What a status of a g means, in a few plain words.
#pragma once

#include <cstdint>
#include <string_view>

#include "asm/text/language.h"

namespace gogoscope {

/// "ready to run"; empty where Go has no such status. The scan bit does not matter.
std::string_view status_gloss(std::uint32_t status, Language language);

}  // namespace gogoscope
