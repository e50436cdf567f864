#include "scenarios/page/time_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "emu/history/event_info.h"
#include "emu/layout/status.h"
#include "emu/session/views/lanes.h"
#include "scenarios/told/event_text.h"

namespace gogoscope {

using Json = nlohmann::ordered_json;

Json lanes_json(const MomentView& last, PagePart part, ValueTable& values) {
  Lanes lanes;
  lanes.follow(last);
  Json out = Json::array();
  for (const Lane* lane : lanes.all()) {
    Json segments = Json::array();
    bool exists = false;
    for (const Segment& segment : lane->segments) {
      if (segment.to <= part.from || segment.from > part.to) continue;
      std::string what = "absent", text;
      if (segment.what == Lane::kAsleep) {
        what = "asleep";
      } else if (segment.what != Lane::kAbsent && lane->kind == Lane::Kind::m) {
        what = lanes.is_system(segment.what) ? "system" : "goroutine";
        text = lanes.owner(segment.what);
      } else if (segment.what != Lane::kAbsent) {
        what = text = g_status_word(segment.what);
      }
      exists = exists || what != "absent";
      segments.push_back({std::min(segment.to, part.to + 1), what, values.of(text)});
    }
    if (!exists) continue;
    out.push_back({{"name", lane->name},
                   {"kind", lane->kind == Lane::Kind::m ? "m" : "g"},
                   {"segments", std::move(segments)}});
  }
  return out;
}

Json events_json(const Trace& trace, const std::vector<Event>& events, PagePart part, ValueTable& values) {
  const Narration english(Language::en), chinese(Language::zh);
  Json out = Json::array();
  for (const Event& event : events) {
    if (event.step < part.from || event.step >= part.to) continue;
    const Text text{event_text(event, trace.guest(), english), event_text(event, trace.guest(), chinese)};
    out.push_back({event.step, event.m, name(event.type()), values.of(text)});
  }
  return out;
}

}  // namespace gogoscope
