// Results as lines for people, and what the other writers take from them.
#pragma once

#include <string>
#include <vector>

#include "asm/text/language.h"
#include "scenarios/results/result.h"

namespace gogoscope {

/// "file:line:col: message", each followed by its context and the command that opens the window. Lines that
/// two failures in a row begin with are shown once. Ends with a newline; empty if there are none.
std::string failures_text(const std::vector<CaseFailure>& failures, Language language);

/// "3 passed, 1 failed", and what else there is.
std::string counts_text(const Counts& counts, Language language);

}  // namespace gogoscope
