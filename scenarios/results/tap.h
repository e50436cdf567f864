// Results in the Test Anything Protocol, version 14: a line for each case, and below one that is not ok a
// YAML block with its failures.
#pragma once

#include <string>

#include "scenarios/results/result.h"

namespace gogoscope {

std::string to_tap(const SuiteResult& suite);

}  // namespace gogoscope
