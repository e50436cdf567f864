// The table of threads that a guest's kernel keeps, at the data symbol kernel.threads: which thread exists,
// may move, or sleeps. Machine, panels and events read it; system calls (emu/runtime/kernel.h) change it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "emu/guest/guest.h"

namespace gogoscope {

enum class ThreadState : std::uint32_t {
  none,
  fresh,     ///< cloned, has not moved yet
  runnable,  ///< may move
  asleep,    ///< on a futex, or for a time
  exited,
};
std::string_view name(ThreadState state);

/// One row, as it is in memory.
struct ThreadRow {
  static constexpr std::uint64_t kSize = 40;  ///< bytes
  static constexpr std::uint64_t kState = 0, kFutex = 8, kOrder = 16, kDeadline = 24, kTls = 32;

  ThreadState state = ThreadState::none;
  Addr futex;                  ///< what it sleeps on; nil if only for a time
  std::uint64_t order = 0;     ///< one that went to sleep earlier has a smaller number
  std::uint64_t deadline = 0;  ///< kernel.clock at which it wakes by itself; 0: never
  Addr tls;                    ///< what CLONE_SETTLS made its FS base; nil for the first thread
  bool lives() const { return can_move() || state == ThreadState::asleep; }
  bool can_move() const { return state == ThreadState::fresh || state == ThreadState::runnable; }
  bool wakes_by_itself(std::uint64_t clock) const {
    return state == ThreadState::asleep && deadline != 0 && deadline <= clock;
  }
};

/// Words of kernel.schedule.
struct ScheduleWords {
  static constexpr std::uint64_t kTurnEnd = 0, kNextOfList = 8, kRandom = 16, kOrder = 24;
  /// The step up to which kernel.clock counts; what came since has taken kNsPerStep each. kNoTime: steps take
  /// none, and the clock is what kernel.clock says.
  static constexpr std::uint64_t kClockStep = 32;
  static constexpr std::uint64_t kNoTime = ~std::uint64_t{0};
  /// How many threads have been made: no row from there on has been used.
  static constexpr std::uint64_t kThreads = 40;
  static constexpr std::uint64_t kSize = 48;
};

/// How long a step takes, ns. Real instructions take less, but a slot represents several of them.
inline constexpr std::uint64_t kNsPerStep = 10;

class ThreadTable {
 public:
  /// Of a guest; empty if it has no such table (it then has one thread that always moves).
  static std::optional<ThreadTable> of(const Guest& guest);
  ThreadTable(Addr threads, Addr clock, Addr schedule)
      : threads_(threads), clock_(clock), schedule_(schedule) {}

  Addr row_addr(ThreadId thread) const {
    return threads_ + thread * static_cast<std::int64_t>(ThreadRow::kSize);
  }
  ThreadRow row(const MemoryView& memory, ThreadId thread) const;
  /// How many rows have been used: threads have numbers below this.
  int threads(const MemoryView& memory) const;
  /// The time in the state before step `step`, ns.
  std::uint64_t now(const MemoryView& memory, std::uint64_t step) const {
    const std::uint64_t since = clock_step(memory);
    return clock(memory) + (since == ScheduleWords::kNoTime ? 0 : (step - since) * kNsPerStep);
  }
  std::uint64_t clock_step(const MemoryView& memory) const {
    return memory.load_or_zero(schedule_ + static_cast<std::int64_t>(ScheduleWords::kClockStep));
  }
  /// The time when the clock was last set: at the boot, by a jump, by a tick.
  std::uint64_t clock(const MemoryView& memory) const { return memory.load_or_zero(clock_); }
  bool holds(Addr addr) const { return addr >= threads_ && addr < threads_ + kMaxThreads * ThreadRow::kSize; }
  /// For an address in the table: whether it is that of a thread's state, and of which thread.
  bool is_state(Addr addr) const {
    return static_cast<std::uint64_t>(addr - threads_) % ThreadRow::kSize == ThreadRow::kState;
  }
  ThreadId thread_at(Addr addr) const {
    return static_cast<ThreadId>(static_cast<std::uint64_t>(addr - threads_) / ThreadRow::kSize);
  }
  /// Whether a store to `addr` may change which threads can move, or when a turn ends.
  bool decides_turns(Addr addr) const {
    return holds(addr) || addr == clock_ || (addr >= schedule_ && addr < schedule_ + ScheduleWords::kSize);
  }

  Addr clock_addr() const { return clock_; }
  Addr schedule_addr() const { return schedule_; }

 private:
  Addr threads_, clock_, schedule_;
};

}  // namespace gogoscope
