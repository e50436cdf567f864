// One case, from its file to its result.
#pragma once

#include "asm/text/language.h"
#include "asm/text/message.h"
#include "scenarios/results/result.h"
#include "scenarios/suite/cases.h"

namespace gogoscope {

CaseResult run_case(const Case& one, Language language);

/// The result of one that could not be run to its end, and why.
CaseResult broken_case(const Case& one, const Message& why, Language language);

/// What std::bad_alloc means to people.
Message out_of_memory();

}  // namespace gogoscope
