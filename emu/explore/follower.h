// A moment of a record that is being explored: its image, the world in it, which invariants a step breaks,
// and a key for its state. All of it is followed step by step, in both directions.
//
// Two moments with the same key are the same state: whatever happens from there on is the same, too. The key
// is a sum of one term for each word and register, so the order of stores does not matter, and a step costs
// what it changes. Left out is what no thread can ever find out:
//   - when turns end, how far the list of turns has come (kernel.schedule);
//   - the numbers by which threads fell asleep: only the order of those that sleep on one futex counts;
//   - what a row of kernel.threads still says of a sleep that is over.
// Flags that the architecture leaves undefined are 0 in the record.
// Keys have 64 bits: with a million states, the chance that two different ones share a key is one in 30
// million.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "emu/check/break_finder.h"
#include "emu/history/cursor.h"
#include "emu/world/world.h"

namespace gogoscope {

class Follower {
 public:
  /// At state 0. The trace must outlive it.
  explicit Follower(const Trace& trace);

  std::uint64_t position() const { return cursor_.position(); }
  const Image& state() const { return cursor_.state(); }
  /// Whether the next step stores to what invariants read: it then matters when the others see it.
  bool next_is_watched() const;
  /// One step on. The invariants that it breaks, in the order of their table. Cost: about 0.1 us; 0.5 us more
  /// where invariants must be judged.
  std::span<const Event> forward();
  /// Back to an earlier state. Cost: 50 ns a step, and a look at every struct.
  void back_to(std::uint64_t state);

  /// Cost: some ns for each thread.
  std::uint64_t key() const;
  /// Whether the turn is over as soon as another thread can move: the thread has yielded.
  bool turn_is_over() const;
  const ThreadTable& threads() const { return table_; }
  int threads_made() const { return table_.threads(cursor_.state()); }

 private:
  template <class Move>
  void hashed(const std::uint8_t* record, Move&& move);
  bool left_out(std::uint32_t word) const;

  Cursor cursor_;
  World world_;
  ThreadTable table_;
  std::uint32_t rows_ = 0, schedule_ = 0;  ///< image offsets
  std::optional<check::BreakFinder> breaks_;
  std::vector<Event> broken_;

  std::uint64_t hash_ = 0;            ///< of all words and registers but those that key() adds
  std::vector<std::uint32_t> words_;  ///< that a step changes
};

}  // namespace gogoscope
