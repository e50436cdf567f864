// The bookmarks of a run. They are kept beside its file (scenarios/run/bookmark_file.h).
#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/told/bookmark.h"

namespace gogoscope {

/// In the order of their states, one for each.
class Bookmarks {
 public:
  const std::vector<Bookmark>& all() const { return all_; }
  const Bookmark* at(std::uint64_t state) const;
  const Bookmark* after(std::uint64_t state) const;
  const Bookmark* before(std::uint64_t state) const;
  /// Which one it is, from 1: "3/5".
  std::size_t number_of(const Bookmark& bookmark) const {
    return static_cast<std::size_t>(&bookmark - all_.data()) + 1;
  }
  /// In the place of the one at that state, if there is one.
  void set(Bookmark bookmark);
  void remove(std::uint64_t state);

 private:
  std::vector<Bookmark> all_;
};

}  // namespace gogoscope
