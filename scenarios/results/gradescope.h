// Results as Gradescope reads them: the results.json of one student.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "asm/text/message.h"
#include "scenarios/results/result.h"

namespace gogoscope {

struct GradescopeFile {
  std::string student;
  std::string text;
};

/// One for each student, in the order of names. A test for each grade, of a scenario without grades one for
/// the whole; what is said of a hidden one is its points. Says why there are none where nothing was handed
/// in, or where a result is missing: what was skipped or broken is nobody's zero.
std::variant<std::vector<GradescopeFile>, Message> to_gradescope(const SuiteResult& suite, Language language);

}  // namespace gogoscope
