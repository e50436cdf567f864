// The model's side: the moments of a program's run, read off the record of its steps.
#pragma once

#include <string>
#include <vector>

#include "emu/runtime/mutation.h"
#include "tests/oracle/real_go.h"

namespace gogoscope::oracle {

/// Runs real_go/PROGRAM.s; with mutations a runtime that is broken on purpose. Throws if it does not build.
Moments model_run(const std::string& program, std::vector<Mutation> mutations = {});

}  // namespace gogoscope::oracle
