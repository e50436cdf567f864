// Which functions change the status of a g, in the language of the reader.
#pragma once

#include <string>
#include <string_view>

#include "asm/text/language.h"

namespace gogoscope {

/// `who` of a GTransition, or the beginning of it: names of functions stay, what is said about them is
/// translated.
std::string transition_words(std::string_view who, Language language);

}  // namespace gogoscope
