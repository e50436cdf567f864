#include "ui/overlays/event_groups.h"

#include <algorithm>
#include <unordered_map>

#include "scenarios/told/event_text.h"

namespace gogoscope {
namespace {

/// All that makes two events read differently: everything but the step.
void write_key(const Event& event, std::string& key) {
  key.assign(1, static_cast<char>(event.type));
  key.append(std::to_string(event.m)).push_back('\0');
  key.append(std::to_string(event.code)).push_back('\0');
  for (const std::string* part : {&event.g, &event.from, &event.to, &event.op, &event.queue, &event.list,
                                  &event.what, &event.name, &event.detail}) {
    key.append(*part).push_back('\0');
  }
}

}  // namespace

std::vector<EventGroup> group_events(const std::vector<Event>& events, std::uint64_t position,
                                     std::size_t most, const Narration& narration) {
  const auto now = static_cast<std::size_t>(
      std::partition_point(events.begin(), events.end(), [&](const Event& e) { return e.step < position; }) -
      events.begin());
  // Half of them on each side; what one side does not need goes to the other.
  const std::size_t after = std::min(events.size() - now, std::max(most / 2, most - std::min(most, now)));
  const std::size_t before = std::min(now, most - after);

  std::vector<EventGroup> groups;
  std::unordered_map<std::string, std::size_t> known;
  std::string key;
  for (std::size_t i = now - before; i < now + after; ++i) {
    write_key(events[i], key);
    auto found = known.find(key);
    if (found == known.end()) {
      found = known.emplace(key, groups.size()).first;
      groups.push_back({event_text(events[i], narration), 0, std::nullopt, std::nullopt});
    }
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
