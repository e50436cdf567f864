// What a page shows at a moment, as cells: a register, a word of a stack, a field, the gs in a queue. Each
// holds a number of the value table. A run is then the cells at its start and, for every step, those that
// changed; the page in the browser needs to know no more to step both ways.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gogoscope {

struct CellChange {
  int cell = 0;
  int value = 0;
  bool written = false;  ///< the step stored there, be it the same value: what "last write" looks for
};

class CellTable {
 public:
  /// A new cell, which shows nothing (value 0) before this moment.
  int add();
  /// A cell shows another value, with nothing having been stored there: what it means has changed.
  void set(int cell, int value);
  /// The step that has just been made stored there, an equal value included.
  void write(int cell, int value);
  /// Ends a moment. The first one is the start, of which only the values are kept.
  void end_moment();

  std::size_t size() const { return values_.size(); }
  int value(int cell) const { return values_[static_cast<std::size_t>(cell)]; }
  int start(int cell) const { return start_[static_cast<std::size_t>(cell)]; }
  /// Whether a step stored there, after the start.
  bool written(int cell) const { return written_[static_cast<std::size_t>(cell)]; }
  /// For each step from the start on, in order of cells.
  const std::vector<std::vector<CellChange>>& steps() const { return steps_; }

 private:
  std::vector<int> values_, start_;
  std::vector<bool> written_;
  std::vector<CellChange> now_;
  std::vector<std::vector<CellChange>> steps_;
  bool started_ = false;
};

/// What the cells that a page shows are called in it: numbers from 0, in the order in which they are asked
/// for.
class CellNumbers {
 public:
  int of(int cell);
  /// -1 for a cell that the page does not show.
  int known(int cell) const;
  /// The cells, in order of their numbers.
  const std::vector<int>& cells() const { return cells_; }

 private:
  std::vector<int> cells_;
  std::vector<int> numbers_;  ///< by cell; -1: none
};

}  // namespace gogoscope
