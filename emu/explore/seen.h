// The states that a search has come to, by key. Private to this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace gogoscope {

/// A table of keys in one block, with linear probing: a search has millions of them, and asks for one at
/// every state. Keys are well mixed already, so their low bits choose the place. Cost: 24 to 48 bytes for
/// each key.
class SeenStates {
 public:
  struct Visit {
    std::uint32_t steps = 0;  ///< it took to get there
    std::int32_t left = 0;    ///< preemptions
  };

  SeenStates() : rows_(1 << 12) {}

  std::size_t size() const { return size_; }
  /// The visit that is kept for a key, and whether it is `visit`, since there was none. The place may be
  /// written to until the next call.
  std::pair<Visit*, bool> try_emplace(std::uint64_t key, Visit visit) {
    key += key == kNone ? 1 : 0;
    if (size_ * 3 >= rows_.size() * 2) grow();
    Row& row = rows_[place_of(key)];
    const bool is_new = row.key == kNone;
    if (is_new) {
      row = {key, visit};
      ++size_;
    }
    return {&row.visit, is_new};
  }
  template <class F>
  void for_each_key(F&& f) const {
    for (const Row& row : rows_) {
      if (row.key != kNone) f(row.key);
    }
  }

 private:
  static constexpr std::uint64_t kNone = 0;
  struct Row {
    std::uint64_t key = kNone;
    Visit visit;
  };

  std::size_t place_of(std::uint64_t key) const {
    std::size_t at = key & (rows_.size() - 1);
    while (rows_[at].key != kNone && rows_[at].key != key) at = (at + 1) & (rows_.size() - 1);
    return at;
  }
  void grow() {
    std::vector<Row> old(rows_.size() * 2);
    old.swap(rows_);
    for (const Row& row : old) {
      if (row.key != kNone) rows_[place_of(row.key)] = row;
    }
  }

  std::vector<Row> rows_;  ///< a power of two
  std::size_t size_ = 0;
};

}  // namespace gogoscope
