// A future that was cut off, in words.
#pragma once

#include <string>

#include "asm/text/language.h"
#include "emu/history/trace.h"

namespace gogoscope {

/// "cut off in state 120, 300 steps".
std::string branch_text(const RunBranch& branch, Language language);

}  // namespace gogoscope
