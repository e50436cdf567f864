#include "emu/check/run_events.h"

#include <algorithm>

namespace gogoscope {

void RunEvents::follow(std::uint64_t end) {
  const auto old = static_cast<std::ptrdiff_t>(events_.size());
  scanner_.scan(end, events_);
  const auto middle = static_cast<std::ptrdiff_t>(events_.size());
  checker_.scan(end, events_);
  std::inplace_merge(events_.begin() + old, events_.begin() + middle, events_.end(),
                     [](const Event& a, const Event& b) { return a.step < b.step; });
}

void RunEvents::cut(std::uint64_t state) {
  if (followed() <= state) return;
  const auto later =
      std::partition_point(events_.begin(), events_.end(), [&](const Event& e) { return e.step < state; });
  events_.erase(later, events_.end());
  scanner_.restart_at(state);
  checker_.restart_at(state);
}

}  // namespace gogoscope
