#include "scenarios/page/cells.h"

#include <algorithm>

namespace gogoscope {

int CellTable::add() {
  values_.push_back(0);
  start_.push_back(0);
  written_.push_back(false);
  return static_cast<int>(values_.size()) - 1;
}

void CellTable::set(int cell, int value) {
  if (values_[static_cast<std::size_t>(cell)] == value) return;
  values_[static_cast<std::size_t>(cell)] = value;
  now_.push_back({cell, value, false});
}

void CellTable::write(int cell, int value) {
  values_[static_cast<std::size_t>(cell)] = value;
  now_.push_back({cell, value, true});
}

void CellTable::end_moment() {
  if (!started_) {
    started_ = true;
    start_ = values_;
    now_.clear();
    return;
  }
  // A cell that was touched twice in a step shows what came last.
  std::stable_sort(now_.begin(), now_.end(),
                   [](const CellChange& a, const CellChange& b) { return a.cell < b.cell; });
  std::vector<CellChange> step;
  for (const CellChange& change : now_) {
    if (change.written) written_[static_cast<std::size_t>(change.cell)] = true;
    if (step.empty() || step.back().cell != change.cell) {
      step.push_back(change);
    } else {
      step.back() = {change.cell, change.value, step.back().written || change.written};
    }
  }
  steps_.push_back(std::move(step));
  now_.clear();
}

int CellNumbers::of(int cell) {
  const auto index = static_cast<std::size_t>(cell);
  if (index >= numbers_.size()) numbers_.resize(index + 1, -1);
  if (numbers_[index] < 0) {
    numbers_[index] = static_cast<int>(cells_.size());
    cells_.push_back(cell);
  }
  return numbers_[index];
}

int CellNumbers::known(int cell) const {
  const auto index = static_cast<std::size_t>(cell);
  return index < numbers_.size() ? numbers_[index] : -1;
}

}  // namespace gogoscope
