#include "emu/runtime/kernel.h"

#include <algorithm>
#include <optional>

namespace gogoscope::runtime::kernel {
namespace {

std::uint64_t row(Frame& x, std::uint64_t thread) {
  return x.symbol("kernel.threads") + thread * ThreadRow::kSize;
}

std::uint64_t schedule_word(Frame& x, std::uint64_t word) { return x.symbol("kernel.schedule") + word; }

std::uint64_t threads(Frame& x) {
  return std::min<std::uint64_t>(x.load_private(schedule_word(x, ScheduleWords::kThreads)), kMaxThreads);
}

ThreadState state_of(Frame& x, std::uint64_t thread) {
  return static_cast<ThreadState>(x.load_private(row(x, thread) + ThreadRow::kState, 4));
}

void set_state(Frame& x, std::uint64_t thread, ThreadState state) {
  x.store_private(row(x, thread) + ThreadRow::kState, 4, static_cast<std::uint64_t>(state));
}

/// Puts the calling thread to sleep; ns < 0: until it is woken.
void fall_asleep(Frame& x, std::uint64_t futex, std::int64_t ns) {
  const std::uint64_t self = x.gate().thread();
  const std::uint64_t order = x.load_private(schedule_word(x, ScheduleWords::kOrder)) + 1;
  x.store_private(schedule_word(x, ScheduleWords::kOrder), 8, order);
  const std::uint64_t deadline = ns < 0 ? 0 : static_cast<std::uint64_t>(now(x) + ns);
  x.store_private(row(x, self) + ThreadRow::kFutex, 8, futex);
  x.store_private(row(x, self) + ThreadRow::kOrder, 8, order);
  x.store_private(row(x, self) + ThreadRow::kDeadline, 8, deadline);
  set_state(x, self, ThreadState::asleep);
}

}  // namespace

void clone(Frame& x, std::uint64_t thread, std::uint64_t fs_base, std::uint64_t sp, std::uint64_t pc) {
  if (thread >= kMaxThreads || state_of(x, thread) != ThreadState::none) {
    x.stop({StopReason::throw_,
            Message({"gogoscope: no room for thread {thread}: this machine has {most} for the life of a run",
                     "gogoscope：没有地方放线程 {thread}：这台机器在一次运行中最多有 {most} 个线程"},
                    {{"thread", thread}, {"most", kMaxThreads}})
                .text(),
            0});
    return;
  }
  Gate& gate = x.gate();
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
  gate.copy_sse(id);
  x.store_private(row(x, thread) + ThreadRow::kTls, 8, fs_base);
  set_state(x, thread, ThreadState::fresh);
  if (thread >= threads(x)) x.store_private(schedule_word(x, ScheduleWords::kThreads), 8, thread + 1);
}

void futex_sleep(Frame& x, std::uint64_t addr, std::uint32_t value, std::int64_t ns) {
  x.gate().others_notice();
  if (x.load_private(addr, 4) == value) fall_asleep(x, addr, ns);
}

void futex_wake(Frame& x, std::uint64_t addr, std::uint32_t count) {
  x.gate().others_notice();
  for (; count > 0; --count) {
    std::optional<std::uint64_t> first;
    std::uint64_t first_order = 0;
    const std::uint64_t made = threads(x);
    for (std::uint64_t thread = 0; thread < made; ++thread) {
      if (state_of(x, thread) != ThreadState::asleep) continue;
      if (x.load_private(row(x, thread) + ThreadRow::kFutex) != addr) continue;
      const std::uint64_t order = x.load_private(row(x, thread) + ThreadRow::kOrder);
      if (first && order > first_order) continue;
      first = thread;
      first_order = order;
    }
    if (!first) return;
    set_state(x, *first, ThreadState::runnable);
  }
}

void sleep(Frame& x, std::int64_t ns) { fall_asleep(x, 0, ns < 0 ? 0 : ns); }

void yield(Frame& x) {
  x.gate().others_notice();
  x.store_private(schedule_word(x, ScheduleWords::kTurnEnd), 8, 0);
}

void exit_thread(Frame& x) {
  x.gate().others_notice();
  set_state(x, x.gate().thread(), ThreadState::exited);
}

bool mmap(Frame& x, std::uint64_t addr, std::uint64_t bytes) {
  x.gate().others_notice();
  return x.gate().map(Addr(addr), bytes);
}

std::uint64_t gettid(Frame& x) { return x.gate().thread() + std::uint64_t{1}; }

std::int64_t write(Frame& x, std::uint64_t fd, std::uint64_t buf, std::uint64_t count) {
  constexpr std::int64_t kBadFile = -9, kBadAddress = -14, kNoSpace = -28;  // EBADF, EFAULT, ENOSPC
  if (fd != WriteWords::kStdout && fd != WriteWords::kStderr) return kBadFile;
  if (count == 0) return 0;
  const std::uint64_t words = x.symbol("kernel.write");
  const std::uint64_t written = x.load_private(words + WriteWords::kTotal);
  count = std::min(count, WriteWords::kMost);
  if (written + count > WriteWords::kMostOutput || written + count < written) return kNoSpace;
  if (!x.gate().readable(Addr(buf), count)) return kBadAddress;
  x.store_private(words + WriteWords::kFd, 8, fd);
  x.store_private(words + WriteWords::kAddress, 8, buf);
  x.store_private(words + WriteWords::kBytes, 8, count);
  x.store_private(words + WriteWords::kTotal, 8, written + count);
  return static_cast<std::int64_t>(count);
}

std::int64_t now(Frame& x) {
  x.gate().others_notice();
  const std::uint64_t since = x.load_private(schedule_word(x, ScheduleWords::kClockStep));
  const std::uint64_t passed = since == ScheduleWords::kNoTime ? 0 : (x.gate().step() - since) * kNsPerStep;
  return static_cast<std::int64_t>(x.load_private(x.symbol("kernel.clock")) + passed);
}

}  // namespace gogoscope::runtime::kernel
