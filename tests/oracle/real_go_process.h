// The real side: builds a Go program and records its run in gdb. Needs go, and a gdb that has Python and may
// trace; where one is missing there is a sentence that says so. Cost: about a second.
#pragma once

#include <string>
#include <variant>

#include "tests/oracle/real_go.h"

namespace gogoscope::oracle {

/// Why this machine cannot record.
struct CannotRecord {
  std::string why;
};

/// Builds real_go/PROGRAM.go as main, without optimisation, beside the runtime as it is shipped; runs it on
/// one P, without garbage collection and without preemption by signals. Throws if it fails where it could do.
std::variant<Moments, CannotRecord> real_run(const std::string& program);

}  // namespace gogoscope::oracle
