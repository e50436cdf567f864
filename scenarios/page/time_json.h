// The course of the run over a page's time: lanes, events, handoffs, how it ended. Private to this folder.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "scenarios/page/stage.h"

namespace gogoscope {

struct PagePart {
  std::uint64_t from = 0, to = 0;  ///< states, both shown
};

/// [{"name": "m0", "kind": "m", "segments": [[to, what, value], ...]}]: what is "goroutine", "system",
/// "asleep", "absent" or the word of a status; the value is the text in it.
nlohmann::ordered_json lanes_json(const MomentView& last, PagePart part, ValueTable& values);

/// [[step, m, type, value], ...] of the steps of the part.
nlohmann::ordered_json events_json(const Trace& trace, const std::vector<Event>& events, PagePart part,
                                   ValueTable& values);

/// What the run wrote: [{"m": 0, "pieces": [[step, text], ...]}, ...], a line each.
nlohmann::ordered_json output_json(const std::vector<Event>& events, PagePart part);

}  // namespace gogoscope
