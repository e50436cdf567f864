// Results as JUnit's XML, in the form that Jenkins' xUnit plugin checks (junit-10.xsd): a testsuite for each
// folder, a testcase for each case, `error` for what is broken.
#pragma once

#include <string>

#include "asm/text/language.h"
#include "scenarios/results/result.h"

namespace gogoscope {

/// Times are there if the results have them.
std::string to_junit(const SuiteResult& suite, Language language);

}  // namespace gogoscope
