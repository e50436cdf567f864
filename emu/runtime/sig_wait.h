// Signatures of the functions behind waiting, system calls, preemption, growing stacks and Goexit that only
// their own files call.
#pragma once

#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

// stack.go.
inline constexpr std::uint64_t kStackPreempt = 0xfffffffffffffade;  ///< stackPreempt: no SP is above it
inline constexpr std::uint64_t kStackFork = 0xfffffffffffffb2e;     ///< stackFork

namespace sig {

inline const Signature main_func1{"runtime.main.func1", {}, {}};

inline const Signature unlockf{"unlockf", {{"gp", "*g"}, {"lock", "unsafe.Pointer"}}, {{"ok", "bool", 1}}};

inline const Signature entersyscall_sysmon{"runtime.entersyscall_sysmon", {}, {}};
inline const Signature entersyscall_gcwait{"runtime.entersyscall_gcwait", {}, {}};
inline const Signature exitsyscallfast_reacquired{"runtime.exitsyscallfast_reacquired", {}, {}};
inline const Signature exitsyscallfast_func1{"runtime.exitsyscallfast.func1", {}, {}};
inline const Signature exitsyscallfast_pidle{"runtime.exitsyscallfast_pidle", {}, {{"ok", "bool", 1}}};

inline const Signature badmorestackg0{"runtime.badmorestackg0", {}, {}};
inline const Signature badmorestackgsignal{"runtime.badmorestackgsignal", {}, {}};

inline const Signature deferproc{"runtime.deferproc", {{"siz", "int32", 4}, {"fn", "*funcval"}}, {}};
inline const Signature deferreturn{"runtime.deferreturn", {}, {}};

inline const Signature setPanicOnFault{
    "runtime/debug.setPanicOnFault", {{"new", "bool", 1}}, {{"old", "bool", 1}}};
inline const Signature setMaxStack{"runtime/debug.setMaxStack", {{"in", "int"}}, {{"out", "int"}}};
inline const Signature setProfLabel{"runtime/pprof.runtime_setProfLabel", {{"labels", "unsafe.Pointer"}}, {}};

}  // namespace sig
}  // namespace gogoscope::runtime
