// A part of a scenario's bodies that others hand in: what it may hold, and the scenario with it.
//
// It is assembled as a source of its own, so that no macro of it reaches the bodies. It may include only what
// the scenario lists, and define neither what the bodies define nor anything of the runtime.
#pragma once

#include <string>
#include <variant>

#include "asm/assembler.h"
#include "scenarios/format/problems.h"
#include "scenarios/format/read_section.h"
#include "scenarios/format/scenario.h"

namespace gogoscope {

/// The key `submission`. The file beside the scenario, if it is there, is what is submitted.
void read_submission(const YamlNode& node, SectionReader& reader, Scenario& out);

/// The file of a student: `path` itself, or the file of the scenario's submission in that folder; or why
/// there is none that can be graded. A link is none: what it leads to was not handed in.
std::variant<SubmittedFile, Message> submitted_file(const Submission& submission, const std::string& path);

/// Answers `#include` in what is submitted.
plan9::IncludeResolver submission_includes(const Scenario& scenario);

/// What is wrong with the scenario's own bodies, without what is submitted: names that they take from it
/// count as known. Empty if nothing is.
Diagnostics check_bodies(const Scenario& scenario);

/// What is wrong with the submitted file by itself, with places in it: it does not assemble, or defines what
/// is not its own. Empty if nothing is. Cost: two assemblies, some milliseconds.
Diagnostics check_submission(const Scenario& scenario);

}  // namespace gogoscope
