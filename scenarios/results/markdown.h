// Results as a page of Markdown, for the summary that a build server shows.
#pragma once

#include <string>

#include "asm/text/language.h"
#include "scenarios/results/result.h"

namespace gogoscope {

/// The counts, a table of what did not pass, and below it each with its failures. At most 1,000,000 bytes,
/// less than what GitHub takes; it says what it leaves out.
std::string to_markdown(const SuiteResult& suite, Language language);

}  // namespace gogoscope
