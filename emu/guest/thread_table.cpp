#include "emu/guest/thread_table.h"

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
  ThreadTable table;
  table.threads_ = threads->addr;
  table.clock_ = clock->addr;
  table.schedule_ = schedule->addr;
  return table;
}

ThreadRow ThreadTable::row(const MemoryView& memory, ThreadId thread) const {
  const Addr at = row_addr(thread);
  ThreadRow row;
  row.state = static_cast<ThreadState>(memory.load_or_zero(at + ThreadRow::kState, 4));
  row.futex = Addr(memory.load_or_zero(at + ThreadRow::kFutex));
  row.order = memory.load_or_zero(at + ThreadRow::kOrder);
  row.deadline = memory.load_or_zero(at + ThreadRow::kDeadline);
  row.tls = Addr(memory.load_or_zero(at + ThreadRow::kTls));
  return row;
}

}  // namespace gogoscope
