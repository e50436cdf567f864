// What the model needs of an operating system: threads, futexes, a clock. A slot body that represents a
// system call changes them through these functions. All of it is guest memory:
//
//   kernel.threads   kMaxThreads x ThreadRow, by thread number
//   kernel.clock     ns at the step where it was last set; each step since has taken kNsPerStep, or no time
//                    where orders are explored. Where every thread sleeps it is set to the first deadline; a
//                    tick sets it, too
//   kernel.schedule  the words of ScheduleWords
//   kernel.write     the words of WriteWords: the last write, from which the output is derived
//
// A system call is one step: the kernel's own loads and stores are not shared accesses of the slot, but other
// threads notice the call.
#pragma once

#include "emu/guest/thread_table.h"
#include "emu/guest/write_words.h"
#include "emu/runtime/frame.h"

namespace gogoscope::runtime::kernel {

/// clone(CLONE_VM | CLONE_SETTLS ...): the thread may move from the next step on, at `pc`, with the other
/// registers as those of its maker. The thread number is that of the new M's id; the run ends with a throw if
/// there is no room for it.
void clone(Frame& x, std::uint64_t thread, std::uint64_t fs_base, std::uint64_t sp, std::uint64_t pc);
/// FUTEX_WAIT: the calling thread sleeps, if the 4 bytes at `addr` hold `value`; until woken, or for `ns` ns
/// if that is not negative.
void futex_sleep(Frame& x, std::uint64_t addr, std::uint32_t value, std::int64_t ns);
/// FUTEX_WAKE: wakes up to `count` sleepers, those first that have slept longest.
void futex_wake(Frame& x, std::uint64_t addr, std::uint32_t count);
/// nanosleep.
void sleep(Frame& x, std::int64_t ns);
/// sched_yield: the turn ends with this step.
void yield(Frame& x);
/// exit: the calling thread never moves again.
void exit_thread(Frame& x);
std::int64_t now(Frame& x);
/// write, to a file descriptor that is open (1 and 2): how many bytes were written, or minus an error number.
/// A call writes up to WriteWords::kMost, a run up to kMostOutput: then the device is full.
std::int64_t write(Frame& x, std::uint64_t fd, std::uint64_t buf, std::uint64_t count);
/// mmap, of the memory that follows what is mapped at `addr`; false: the system has no more.
bool mmap(Frame& x, std::uint64_t addr, std::uint64_t bytes);
/// The calling thread's number as the system counts: from 1.
std::uint64_t gettid(Frame& x);

}  // namespace gogoscope::runtime::kernel
