// What the machine asks the kernel: the table of system calls and what the instruction SYSCALL does, signals.
// Private to this folder.
#pragma once

#include "emu/linux/process.h"

namespace gogoscope::os {

void system_call(Gate& gate, const ProcessOptions& process);

// What else the machine asks the kernel (slot.h). signal_delivery.cpp

/// The handler of the signal that an exception is; false where there is none, or the signal is blocked.
bool take_exception(Gate& gate, const ProcessOptions& process, const Exception& exception);
/// What a call into the page of vsyscalls asks for, and its return; false where the exception is none.
/// vsyscall.cpp
bool take_vsyscall(Gate& gate, const ProcessOptions& process, const Exception& exception);
/// The handler of a signal that is pending for the thread, and not blocked.
bool take_signal(Gate& gate, const ProcessOptions& process);

}  // namespace gogoscope::os
