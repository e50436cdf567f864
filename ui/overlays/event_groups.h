// Events that read the same, put together: what there is to search in stays small where a record is long.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emu/history/event.h"
#include "scenarios/told/narration.h"

namespace gogoscope {

struct EventGroup {
  std::string text;  ///< in the narration's language
  std::size_t count = 0;
  std::optional<std::uint64_t> ahead;   ///< the next state that such an event leads to
  std::optional<std::uint64_t> behind;  ///< the last one, the moment shown included
};

/// At most `most` events are looked at, those nearest to the moment. Groups come in order of their first
/// event. Cost: 0.1 us an event, 1 us a group.
std::vector<EventGroup> group_events(const std::vector<Event>& events, std::uint64_t position,
                                     std::size_t most, const Guest& guest, const Narration& narration);

}  // namespace gogoscope
