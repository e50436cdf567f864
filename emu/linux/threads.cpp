// Threads: clone, futex, exit, and who may run where.
#include <fmt/format.h>

#include <bit>

#include "emu/linux/call.h"

namespace gogoscope::os {

namespace {

/// A thread's number as the process sees it. That of the first is that of the process.
std::uint64_t tid_of(std::uint64_t thread) { return thread + 1; }

constexpr std::uint64_t kVm = 0x100, kSigHand = 0x800, kThread = 0x10000, kSetTls = 0x80000,
                        kParentSetTid = 0x100000, kChildClearTid = 0x200000, kChildSetTid = 0x1000000;

}  // namespace

std::int64_t clone(Call& c) {
  const std::uint64_t flags = c.arg(0), stack = c.arg(1), parent_tid = c.arg(2), child_tid = c.arg(3),
                      tls = c.arg(4);
  if ((flags & (kVm | kThread | kSigHand)) != (kVm | kThread | kSigHand)) {
    c.absent(c.number());  // a process of its own
    return kENOSYS;
  }
  const std::uint64_t thread = c.threads().threads();
  if (thread >= kMaxThreads) return kEAGAIN;
  const std::uint64_t pc = c.gate().reg(Reg::rip) + 2;
  const std::uint64_t fs_base = (flags & kSetTls) != 0 ? tls : c.gate().reg(Reg::fs_base);
  if (!c.threads().start(thread, fs_base, stack != 0 ? stack : c.gate().reg(Reg::rsp), pc)) return kEAGAIN;
  const auto id = static_cast<ThreadId>(thread);
  c.gate().set_thread_reg(id, Reg::rax, 0);
  c.gate().set_thread_reg(id, Reg::rcx, pc);
  c.gate().set_thread_reg(id, Reg::r11, c.gate().reg(Reg::rflags));
  const Addr row = Words::kTasks + static_cast<std::int64_t>(thread * TaskRow::kSize);
  c.set(row + TaskRow::kSignalMask, c.load(c.task(TaskRow::kSignalMask)));
  c.set(row + TaskRow::kStackFlags, 2);  // SS_DISABLE
  if ((flags & kChildClearTid) != 0) c.set(row + TaskRow::kClearTid, child_tid);
  if ((flags & kParentSetTid) != 0) c.put(parent_tid, tid_of(thread), 4);
  if ((flags & kChildSetTid) != 0) c.put(child_tid, tid_of(thread), 4);
  return static_cast<std::int64_t>(tid_of(thread));
}

std::int64_t futex(Call& c) {
  constexpr std::uint64_t kCommand = 0x7f, kWait = 0, kWake = 1;
  const std::uint64_t addr = c.arg(0), command = c.arg(1) & kCommand;
  if (addr % 4 != 0) return kEINVAL;
  if (command == kWake) {
    const auto count = static_cast<std::uint64_t>(std::max(c.int_arg(2), 0));
    // Whoever slept has returned from its call with the answer 0, not with the one of a deadline.
    return static_cast<std::int64_t>(c.threads().wake(
        Addr(addr), count, [&](ThreadId thread) { c.gate().set_thread_reg(thread, Reg::rax, 0); }));
  }
  if (command != kWait) {
    c.absent(c.number());
    return kENOSYS;
  }
  const auto value = c.get(addr, 4);
  if (!value) return kEFAULT;
  if (*value != (c.arg(2) & 0xffff'ffff)) return kEAGAIN;
  if (c.arg(3) == 0) {
    c.sleep(Addr(addr), std::nullopt, Call::Interrupted::restarts);
    return 0;
  }
  const auto ns = c.timespec(c.arg(3));
  if (!ns) return kEINVAL;
  c.sleep(Addr(addr), *ns, Call::Interrupted::ends);
  return kETIMEDOUT;
}

void end_process(Call& c, int code, std::string how) {
  c.gate().stop({StopReason::exit, Text::untranslated(std::move(how)), code});
}

std::int64_t exit(Call& c) {
  const int code = c.int_arg(0) & 0xff;
  if (const std::uint64_t clear = c.load(c.task(TaskRow::kClearTid)); clear != 0 && c.put(clear, 0, 4)) {
    c.threads().wake(Addr(clear), 1, [&](ThreadId thread) { c.gate().set_thread_reg(thread, Reg::rax, 0); });
  }
  c.threads().exit();
  const std::uint64_t threads = c.threads().threads();
  for (std::uint64_t i = 0; i < threads; ++i) {
    if (c.threads().state_of(i) != ThreadState::exited) return 0;
  }
  end_process(c, code, fmt::format("exit({})", code));
  return 0;
}

std::int64_t exit_group(Call& c) {
  const int code = c.int_arg(0) & 0xff;
  end_process(c, code, fmt::format("exit({})", code));
  return 0;
}

std::int64_t sched_yield(Call& c) {
  c.threads().yield();
  return 0;
}

std::int64_t sched_getaffinity(Call& c) {
  if (c.arg(1) < 8) return kEINVAL;
  const int procs = std::clamp(c.process().procs, 1, 64);
  return c.put(c.arg(2), ~std::uint64_t{0} >> (64 - procs)) ? 8 : static_cast<std::int64_t>(kEFAULT);
}

std::int64_t gettid(Call& c) { return static_cast<std::int64_t>(tid_of(c.thread())); }
std::int64_t getpid(Call&) { return static_cast<std::int64_t>(tid_of(0)); }

std::int64_t set_tid_address(Call& c) {
  c.set(c.task(TaskRow::kClearTid), c.arg(0));
  return gettid(c);
}

std::int64_t arch_prctl(Call& c) {
  constexpr std::uint64_t kSetFs = 0x1002, kGetFs = 0x1003;
  if (c.arg(0) == kGetFs) {
    return c.put(c.arg(1), c.gate().reg(Reg::fs_base)) ? 0 : static_cast<std::int64_t>(kEFAULT);
  }
  if (c.arg(0) != kSetFs) return kEINVAL;
  if (c.arg(1) >> 47 != 0) return kEPERM;
  c.gate().set_reg(Reg::fs_base, c.arg(1));
  // As clone does where it is given the base: up to Go 1.16 a new thread sets its own.
  const Addr row = Words::kThreads + static_cast<std::int64_t>(c.thread() * ThreadRow::kSize);
  if (c.thread() != 0) c.set(row + ThreadRow::kTls, c.arg(1));
  return 0;
}

}  // namespace gogoscope::os
