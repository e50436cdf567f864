// Comments of listings and modelled functions in the language of the reader. The texts themselves stay as
// they were handed down, some in Chinese, some in English; code that shows a line passes it through here.
#pragma once

#include <string>
#include <string_view>

#include "asm/text/language.h"

namespace plan9 {

/// A line of a listing or of a modelled function, or what a slot is called, as a reader of `language` should
/// see it. What is the same in both languages is returned as it is.
std::string listing_line(std::string_view line, gogoscope::Language language);

}  // namespace plan9
