// Where the kernel of a process keeps its state: a region of guest memory that the process itself cannot
// reach, in the half of the address space that belongs to kernels. Undo has it like everything else.
//
//   threads    the table of emu/guest/thread_table.h, with clock and schedule
//   write      the last write, emu/guest/write_words.h
//   signal     the last entry into a handler or return from one, emu/guest/signal_words.h
//   mappings   what the process has mapped, emu/guest/mappings.h
//   tasks      what else a thread has: signal mask, pending signals, alternate stack, ...
//   signals    what rt_sigaction has set
//   files      the file descriptors
//   pipes      buffers
//   polls      what epoll instances watch
//   process    words of the whole process
//   absent     what was asked for and is not there
#pragma once

#include <cstdint>

#include "emu/guest/mappings.h"
#include "emu/guest/signal_words.h"
#include "emu/guest/thread_table.h"
#include "emu/guest/write_words.h"

namespace gogoscope::os {

/// A row of kernel.tasks, by thread number.
struct TaskRow {
  static constexpr std::uint64_t kSignalMask = 0;
  static constexpr std::uint64_t kStack = 8, kStackFlags = 16, kStackSize = 24;  ///< of sigaltstack
  static constexpr std::uint64_t kClearTid = 32;  ///< cleared, and woken on, when the thread ends; 0: none
  /// A call that waits is made again when the thread is woken; until when it waits: 0, it has not begun to.
  static constexpr std::uint64_t kWaitsUntil = 40;
  /// Sets of signals: those that wait to be taken, and those of them that tkill or tgkill sent.
  static constexpr std::uint64_t kPending = 48, kByTkill = 56;
  /// The call in which it sleeps, which a signal may interrupt: where its SYSCALL is; its number, with
  /// kRestarts where it may be made again; where to say what is left of the time, or 0.
  static constexpr std::uint64_t kSleepsAt = 64, kSleepsIn = 72, kRemainder = 80;
  static constexpr std::uint64_t kRestarts = std::uint64_t{1} << 32;
  static constexpr std::uint64_t kSize = 88;
};

/// A row of kernel.signals, by signal number: what the process gave to rt_sigaction.
struct SignalRow {
  static constexpr std::uint64_t kHandler = 0, kFlags = 8, kRestorer = 16, kMask = 24, kSize = 32;
  static constexpr std::uint64_t kDefault = 0, kIgnore = 1;  ///< handlers
  static constexpr std::uint64_t kSignals = 65;
};

/// A row of kernel.files, by descriptor.
struct FileRow {
  enum class Kind : std::uint32_t { none, input, output, file, pipe_read, pipe_write, event, poll };
  static constexpr std::uint64_t kKind = 0;
  static constexpr std::uint64_t kFlags = 8;    ///< O_NONBLOCK and the access mode
  static constexpr std::uint64_t kObject = 16;  ///< which file of the file system, pipe or epoll instance
  static constexpr std::uint64_t kValue = 24;   ///< of a file the offset, of an eventfd the counter
  static constexpr std::uint64_t kSize = 32;
  static constexpr std::uint64_t kFiles = 64;
};

struct PipeRow {
  static constexpr std::uint64_t kReaders = 0, kWriters = 8;  ///< descriptors that are open
  static constexpr std::uint64_t kRead = 16, kWritten = 24;   ///< bytes since it was made
  static constexpr std::uint64_t kBuffer = 4096, kBufferSize = 65536;
  static constexpr std::uint64_t kSize = kBuffer + kBufferSize;
  static constexpr std::uint64_t kPipes = 16;
};

/// What an epoll instance watches: rows of kernel.polls, kWatches for each instance.
struct WatchRow {
  static constexpr std::uint64_t kFile = 0;  ///< descriptor + 1; 0: the row is free
  static constexpr std::uint64_t kEvents = 8, kData = 16;
  static constexpr std::uint64_t kNew = 24;  ///< events since they were reported last
  static constexpr std::uint64_t kSize = 32;
  static constexpr std::uint64_t kWatches = 64, kPolls = 8;
};

struct ProcessWords {
  static constexpr std::uint64_t kRandom = 0;
  static constexpr std::uint64_t kPending = 8;  ///< signals to the process that every thread blocks
  static constexpr std::uint64_t kSize = 64;
};

/// A row of kernel.absent: the number of a system call, and how often.
struct AbsentRow {
  static constexpr std::uint64_t kWhat = 0, kTimes = 8, kSize = 16, kRows = 64;
};

/// The first page border after so many bytes.
constexpr Addr behind(Addr at, std::uint64_t bytes) {
  constexpr std::uint64_t kPage = AddressMap::kPage;
  return at + static_cast<std::int64_t>((bytes + kPage - 1) / kPage * kPage);
}

/// Addresses. kEnd is where the region ends.
struct Words {
  static constexpr Addr kBase = Addr(0xffff'8880'0000'0000);
  static constexpr Addr kClock = kBase;
  static constexpr Addr kSchedule = kBase + 64;
  static constexpr Addr kWrite = kBase + 128;
  static constexpr Addr kProcess = kBase + 192;
  static constexpr Addr kSignal = kBase + 256;
  static constexpr Addr kSignals = behind(kBase, 256 + SignalWords::kSize);
  static constexpr Addr kAbsent = behind(kSignals, SignalRow::kSignals* SignalRow::kSize);
  static constexpr Addr kFiles = behind(kAbsent, AbsentRow::kRows* AbsentRow::kSize);
  static constexpr Addr kThreads = behind(kFiles, FileRow::kFiles* FileRow::kSize);
  static constexpr Addr kTasks = behind(kThreads, kMaxThreads* ThreadRow::kSize);
  static constexpr Addr kMappings = behind(kTasks, kMaxThreads* TaskRow::kSize);
  static constexpr Addr kPolls = behind(kMappings, MappingTable::kSize);
  static constexpr Addr kPipes = behind(kPolls, WatchRow::kPolls* WatchRow::kWatches* WatchRow::kSize);
  static constexpr Addr kEnd = behind(kPipes, PipeRow::kPipes* PipeRow::kSize);
  /// A region of its own, where there are any: standard input, and the files in their order.
  static constexpr Addr kFileBytes = Addr(0xffff'8890'0000'0000);
};

}  // namespace gogoscope::os
