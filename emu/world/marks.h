// A set of small numbers that is filled and emptied at every step: cheaper than a tree.
#pragma once

#include <cstdint>
#include <vector>

namespace gogoscope {

class Marks {
 public:
  void insert(int i) {
    const auto at = static_cast<std::size_t>(i);
    if (at >= in_.size()) in_.resize(at + 1);
    if (in_[at]) return;
    in_[at] = true;
    all_.push_back(i);
  }
  void clear() {
    for (const int i : all_) in_[static_cast<std::size_t>(i)] = false;
    all_.clear();
  }
  bool holds(int i) const {
    return static_cast<std::size_t>(i) < in_.size() && in_[static_cast<std::size_t>(i)];
  }
  bool empty() const { return all_.empty(); }
  /// In the order in which they came.
  std::vector<int>::const_iterator begin() const { return all_.begin(); }
  std::vector<int>::const_iterator end() const { return all_.end(); }

 private:
  std::vector<bool> in_;
  std::vector<int> all_;
};

}  // namespace gogoscope
