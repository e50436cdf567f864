// What students have handed in, as cases of a suite: each scenario with each student's file.
#pragma once

#include <string>
#include <vector>

#include "asm/text/language.h"
#include "asm/text/message.h"
#include "scenarios/suite/cases.h"

namespace gogoscope {

struct FoundSubmissions {
  std::vector<Case> cases;     ///< in the order of results
  std::vector<Message> wrong;  ///< with the scenarios or the folder, not with what a student did
};

/// `path` is the file of one student, whose name is the file's, or a folder with a file or a folder of each.
/// Each case is run with what each of them handed in. Cost: each scenario is read once.
FoundSubmissions with_submissions(const std::vector<Case>& cases, const std::string& path, Language language);

}  // namespace gogoscope
