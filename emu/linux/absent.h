// What a process has asked its kernel for and did not get, read from any state of its record: a run that goes
// wrong for that reason should say so.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "emu/guest/guest.h"

namespace gogoscope::os {

struct Absent {
  std::string name;  ///< "socket", "system call 999"
  std::uint64_t times = 0;
};

/// In the order in which they were first asked for, up to a number of them; empty for a guest without a
/// kernel of its own.
std::vector<Absent> absent(const Guest& guest, const MemoryView& memory);

/// "write"; "system call 999".
std::string system_call_name(std::uint64_t number);

}  // namespace gogoscope::os
