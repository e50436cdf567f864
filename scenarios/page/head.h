// What each HTML file begins with: its policy, its title, its style. Private to this folder.
#pragma once

#include <string>
#include <string_view>

#include "asm/text/language.h"

namespace gogoscope {

/// Up to </head>. `script` is the SHA-256, in hex, of the one script that may run; empty: none may.
std::string page_head(const std::string& title, Language language, std::string_view script);

}  // namespace gogoscope
