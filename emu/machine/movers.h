// Which threads can move. All of it is in the kernel's table of threads, in guest memory; what is kept here
// saves reading the whole table at every turn. The machine says which rows it has stored to, and only those
// are read again.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "emu/guest/thread_table.h"

namespace gogoscope {

/// A set of threads, a bit each.
class ThreadSet {
 public:
  void insert(ThreadId thread) {
    size_ += holds(thread) ? 0 : 1;
    words_[thread / 64] |= bit(thread);
  }
  void erase(ThreadId thread) {
    size_ -= holds(thread) ? 1 : 0;
    words_[thread / 64] &= ~bit(thread);
  }
  bool holds(ThreadId thread) const { return (words_[thread / 64] & bit(thread)) != 0; }
  std::size_t size() const { return size_; }
  /// The next member above `thread`, then from 0 on; the set must not be empty.
  ThreadId after(ThreadId thread) const;
  /// The member that has `n` members below it; there must be more than n.
  ThreadId nth(std::size_t n) const;

 private:
  static constexpr std::uint64_t bit(ThreadId thread) { return std::uint64_t{1} << (thread % 64); }
  std::array<std::uint64_t, kMaxThreads / 64> words_{};
  std::size_t size_ = 0;
};

class Movers {
 public:
  /// Forgets everything and reads the whole table: memory is not what it was.
  void read_all(const ThreadTable& table, const MemoryView& memory);
  /// A store has changed the row of this thread. It is read at the next look.
  void changed(ThreadId thread) {
    if (changed_.empty() || changed_.back() != thread) changed_.push_back(thread);
  }

  /// The threads that can move at `now`: those that are awake, and sleepers whose deadline has passed.
  /// Cost: the rows that have changed.
  const ThreadSet& look(const ThreadTable& table, const MemoryView& memory, std::uint64_t now);
  /// Those found by the last look.
  const ThreadSet& can_move() const { return can_move_; }
  /// The first deadline after `now`, as of the last look.
  std::optional<std::uint64_t> next_deadline(std::uint64_t now) const;

 private:
  void read(const ThreadTable& table, const MemoryView& memory, ThreadId thread);

  ThreadSet awake_, can_move_;
  std::set<std::pair<std::uint64_t, ThreadId>> sleepers_;  ///< that have a deadline, by it
  std::vector<std::uint64_t> deadlines_;  ///< under which a thread is in sleepers_; 0: it is not
  std::vector<ThreadId> changed_;
};

}  // namespace gogoscope
