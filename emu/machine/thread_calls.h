// What kernels do to the table of threads (emu/guest/thread_table.h): that of the lessons, whose calls are
// slots of modelled lines, and that of a process (emu/linux), whose calls are its instructions. All of it is
// one step.
//
// Memory is how the caller reaches the kernel's words: load(addr, size), store(addr, size, value), gate().
#pragma once

#include <algorithm>
#include <optional>
#include <utility>

#include "emu/guest/thread_table.h"
#include "emu/machine/slot.h"

namespace gogoscope {

template <class Memory>
class ThreadCalls {
 public:
  ThreadCalls(Memory memory, ThreadTable table) : memory_(std::move(memory)), table_(table) {}

  std::uint64_t threads() {
    return std::min<std::uint64_t>(memory_.load(schedule_word(ScheduleWords::kThreads)), kMaxThreads);
  }
  ThreadState state_of(std::uint64_t thread) {
    return static_cast<ThreadState>(memory_.load(row(thread) + ThreadRow::kState, 4));
  }

  /// The thread may move from the next step on, at `pc`, with the other registers as those of its maker.
  /// False, and nothing done, if its row is not free.
  bool start(std::uint64_t thread, std::uint64_t fs_base, std::uint64_t sp, std::uint64_t pc) {
    if (thread >= kMaxThreads || state_of(thread) != ThreadState::none) return false;
    Gate& gate = memory_.gate();
    gate.others_notice();
    const auto id = static_cast<ThreadId>(thread);
    for (int i = 0; i < kRegCount; ++i) {
      const auto reg = static_cast<Reg>(i);
      const std::uint64_t value = reg == Reg::fs_base ? fs_base
                                  : reg == Reg::rsp   ? sp
                                  : reg == Reg::rip   ? pc
                                                      : gate.reg(reg);
      gate.set_thread_reg(id, reg, value);
    }
    gate.set_sse(id, gate.sse(gate.thread()));
    memory_.store(row(thread) + ThreadRow::kTls, 8, fs_base);
    set_state(thread, ThreadState::fresh);
    if (thread >= threads()) memory_.store(schedule_word(ScheduleWords::kThreads), 8, thread + 1);
    return true;
  }

  /// The calling thread sleeps on an address; ns < 0: until it is woken.
  void sleep(Addr on, std::int64_t ns) {
    sleep_until(on, ns < 0 ? std::nullopt : std::optional(now() + static_cast<std::uint64_t>(ns)));
  }
  /// The same with a deadline on the kernel's clock.
  void sleep_until(Addr on, std::optional<std::uint64_t> deadline) {
    const std::uint64_t self = memory_.gate().thread();
    const std::uint64_t order = memory_.load(schedule_word(ScheduleWords::kOrder)) + 1;
    memory_.store(schedule_word(ScheduleWords::kOrder), 8, order);
    memory_.store(row(self) + ThreadRow::kFutex, 8, on.value());
    memory_.store(row(self) + ThreadRow::kOrder, 8, order);
    memory_.store(row(self) + ThreadRow::kDeadline, 8, deadline.value_or(0));
    set_state(self, ThreadState::asleep);
  }
  /// Wakes up to `count` that sleep on the address, those first that have slept longest: each is told to
  /// `woken`.
  template <class Woken>
  std::uint64_t wake(Addr on, std::uint64_t count, Woken&& woken) {
    memory_.gate().others_notice();
    for (std::uint64_t n = 0; n < count; ++n) {
      std::optional<std::uint64_t> first;
      std::uint64_t first_order = 0;
      const std::uint64_t made = threads();
      for (std::uint64_t thread = 0; thread < made; ++thread) {
        if (state_of(thread) != ThreadState::asleep) continue;
        if (memory_.load(row(thread) + ThreadRow::kFutex) != on.value()) continue;
        const std::uint64_t order = memory_.load(row(thread) + ThreadRow::kOrder);
        if (first && order > first_order) continue;
        first = thread;
        first_order = order;
      }
      if (!first) return n;
      set_state(*first, ThreadState::runnable);
      woken(static_cast<ThreadId>(*first));
    }
    return count;
  }
  std::uint64_t wake(Addr on, std::uint64_t count) {
    return wake(on, count, [](ThreadId) {});
  }

  /// Wakes a thread that sleeps, whatever it sleeps on.
  void wake_thread(ThreadId thread) {
    memory_.gate().others_notice();
    set_state(thread, ThreadState::runnable);
  }
  /// When a sleeping thread wakes by itself, on the kernel's clock; 0: never.
  std::uint64_t deadline(ThreadId thread) { return memory_.load(row(thread) + ThreadRow::kDeadline); }

  /// The turn ends with this step.
  void yield() {
    memory_.gate().others_notice();
    memory_.store(schedule_word(ScheduleWords::kTurnEnd), 8, 0);
  }
  /// The calling thread never moves again.
  void exit() {
    memory_.gate().others_notice();
    set_state(memory_.gate().thread(), ThreadState::exited);
  }

  /// ns on the kernel's clock.
  std::uint64_t now() {
    memory_.gate().others_notice();
    const std::uint64_t since = memory_.load(schedule_word(ScheduleWords::kClockStep));
    const std::uint64_t passed =
        since == ScheduleWords::kNoTime ? 0 : (memory_.gate().step() - since) * kNsPerStep;
    return memory_.load(table_.clock_addr()) + passed;
  }

 private:
  Addr row(std::uint64_t thread) const { return table_.row_addr(static_cast<ThreadId>(thread)); }
  Addr schedule_word(std::uint64_t word) const {
    return table_.schedule_addr() + static_cast<std::int64_t>(word);
  }
  void set_state(std::uint64_t thread, ThreadState state) {
    memory_.store(row(thread) + ThreadRow::kState, 4, static_cast<std::uint64_t>(state));
  }

  Memory memory_;
  ThreadTable table_;
};

}  // namespace gogoscope
