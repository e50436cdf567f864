#include "emu/guest/thread_table.h"

#include <algorithm>
#include <array>

namespace gogoscope {

std::string_view name(ThreadState state) {
  switch (state) {
    case ThreadState::none:
      return "none";
    case ThreadState::fresh:
      return "new";
    case ThreadState::runnable:
      return "runnable";
    case ThreadState::asleep:
      return "asleep";
    case ThreadState::exited:
      return "exited";
  }
  return "damaged";
}

std::optional<ThreadTable> ThreadTable::of(const Guest& guest) {
  const DataSymbol* threads = guest.code.data("kernel.threads");
  const DataSymbol* clock = guest.code.data("kernel.clock");
  const DataSymbol* schedule = guest.code.data("kernel.schedule");
  if (threads == nullptr || clock == nullptr || schedule == nullptr) return std::nullopt;
  if (threads->size < kMaxThreads * ThreadRow::kSize || schedule->size < ScheduleWords::kSize)
    return std::nullopt;
  return ThreadTable(threads->addr, clock->addr, schedule->addr);
}

int ThreadTable::threads(const MemoryView& memory) const {
  const std::uint64_t made = memory.load_or_zero(schedule_ + ScheduleWords::kThreads);
  return static_cast<int>(std::min<std::uint64_t>(made, kMaxThreads));
}

ThreadRow ThreadTable::row(const MemoryView& memory, ThreadId thread) const {
  // One read for all of it.
  std::array<std::uint64_t, ThreadRow::kSize / 8> words{};
  memory.read(row_addr(thread), std::as_writable_bytes(std::span(words)));
  ThreadRow row;
  row.state = static_cast<ThreadState>(static_cast<std::uint32_t>(words[ThreadRow::kState / 8]));
  row.futex = Addr(words[ThreadRow::kFutex / 8]);
  row.order = words[ThreadRow::kOrder / 8];
  row.deadline = words[ThreadRow::kDeadline / 8];
  row.tls = Addr(words[ThreadRow::kTls / 8]);
  return row;
}

}  // namespace gogoscope
