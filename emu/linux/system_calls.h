// The table of system calls, and what the instruction SYSCALL does. Private to this folder.
#pragma once

#include "emu/linux/process.h"

namespace gogoscope::os {

void system_call(Gate& gate, const ProcessOptions& process);

}  // namespace gogoscope::os
