#include "ui/overlays/event_groups.h"

#include <algorithm>
#include <map>

#include "scenarios/told/event_text.h"

namespace gogoscope {
std::vector<EventGroup> group_events(const std::vector<Event>& events, std::uint64_t position,
                                     std::size_t most, const Guest& guest, const Narration& narration) {
  const auto now = static_cast<std::size_t>(
      std::partition_point(events.begin(), events.end(), [&](const Event& e) { return e.step < position; }) -
      events.begin());
  // Half of them on each side; what one side does not need goes to the other.
  const std::size_t after = std::min(events.size() - now, std::max(most / 2, most - std::min(most, now)));
  const std::size_t before = std::min(now, most - after);

  std::vector<EventGroup> groups;
  // Alike in everything but the step.
  std::map<std::pair<int, decltype(Event::what)>, std::size_t> known;
  for (std::size_t i = now - before; i < now + after; ++i) {
    const auto [found, is_new] = known.try_emplace({events[i].m, events[i].what}, groups.size());
    if (is_new) groups.push_back({event_text(events[i], guest, narration), 0, std::nullopt, std::nullopt});
    EventGroup& group = groups[found->second];
    ++group.count;
    const std::uint64_t state = events[i].step + 1;
    if (state <= position) {
      group.behind = state;
    } else if (!group.ahead) {
      group.ahead = state;
    }
  }
  return groups;
}

}  // namespace gogoscope
