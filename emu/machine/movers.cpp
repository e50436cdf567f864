#include "emu/machine/movers.h"

namespace gogoscope {

ThreadId ThreadSet::after(ThreadId thread) const {
  std::size_t i = thread / 64U;
  std::uint64_t word = words_[i] & ~(bit(thread) | (bit(thread) - 1));
  while (word == 0) {
    i = (i + 1) % words_.size();
    word = words_[i];
  }
  return static_cast<ThreadId>(i * 64 + static_cast<std::size_t>(std::countr_zero(word)));
}

ThreadId ThreadSet::nth(std::size_t n) const {
  std::size_t i = 0;
  while (n >= static_cast<std::size_t>(std::popcount(words_[i]))) {
    n -= static_cast<std::size_t>(std::popcount(words_[i++]));
  }
  std::uint64_t word = words_[i];
  for (; n > 0; --n) word &= word - 1;
  return static_cast<ThreadId>(i * 64 + static_cast<std::size_t>(std::countr_zero(word)));
}

void Movers::read_all(const ThreadTable& table, const MemoryView& memory) {
  *this = Movers();
  const int made = table.threads(memory);
  for (int i = 0; i < made; ++i) read(table, memory, static_cast<ThreadId>(i));
}

void Movers::read(const ThreadTable& table, const MemoryView& memory, ThreadId thread) {
  const ThreadRow row = table.row(memory, thread);
  if (row.can_move()) {
    awake_.insert(thread);
  } else {
    awake_.erase(thread);
  }
  const std::uint64_t deadline = row.state == ThreadState::asleep ? row.deadline : 0;
  if (deadlines_.size() <= thread) {
    if (deadline == 0) return;
    deadlines_.resize(thread + std::size_t{1});
  }
  std::uint64_t& known = deadlines_[thread];
  if (known == deadline) return;
  if (known != 0) sleepers_.erase({known, thread});
  if (deadline != 0) sleepers_.insert({deadline, thread});
  known = deadline;
}

const ThreadSet& Movers::look(const ThreadTable& table, const MemoryView& memory, std::uint64_t now) {
  for (const ThreadId thread : changed_) read(table, memory, thread);
  changed_.clear();
  can_move_ = awake_;
  for (const auto& [deadline, thread] : sleepers_) {
    if (deadline > now) break;
    can_move_.insert(thread);
  }
  return can_move_;
}

std::optional<std::uint64_t> Movers::next_deadline(std::uint64_t now) const {
  const auto next = sleepers_.upper_bound({now, static_cast<ThreadId>(kMaxThreads - 1)});
  return next == sleepers_.end() ? std::nullopt : std::optional(next->first);
}

}  // namespace gogoscope
