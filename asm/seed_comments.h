// The comments that the listings' author wrote in Chinese, in English. The listings themselves stay as they
// were handed down; code that shows a line to a reader of English passes it through here.
#pragma once

#include <string>
#include <string_view>

#include "asm/text/language.h"

namespace plan9 {

/// A line of a listing, or of a modelled function of the seed, as a reader of `language` should see it. Lines
/// without such a comment, and all lines for readers of Chinese, are returned as they are.
std::string listing_line(std::string_view line, gogoscope::Language language);

}  // namespace plan9
