#include "ui/bookmarks.h"

#include <algorithm>
#include <utility>

namespace gogoscope {
namespace {

bool earlier(const Bookmark& bookmark, std::uint64_t state) { return bookmark.state < state; }

}  // namespace

const Bookmark* Bookmarks::at(std::uint64_t state) const {
  const auto found = std::lower_bound(all_.begin(), all_.end(), state, earlier);
  return found == all_.end() || found->state != state ? nullptr : &*found;
}

const Bookmark* Bookmarks::after(std::uint64_t state) const {
  const auto found = std::lower_bound(all_.begin(), all_.end(), state + 1, earlier);
  return found == all_.end() ? nullptr : &*found;
}

const Bookmark* Bookmarks::before(std::uint64_t state) const {
  const auto found = std::lower_bound(all_.begin(), all_.end(), state, earlier);
  return found == all_.begin() ? nullptr : &*std::prev(found);
}

void Bookmarks::set(Bookmark bookmark) {
  const auto place = std::lower_bound(all_.begin(), all_.end(), bookmark.state, earlier);
  if (place != all_.end() && place->state == bookmark.state) {
    *place = std::move(bookmark);
  } else {
    all_.insert(place, std::move(bookmark));
  }
}

void Bookmarks::remove(std::uint64_t state) {
  std::erase_if(all_, [&](const Bookmark& bookmark) { return bookmark.state == state; });
}

}  // namespace gogoscope
