#include "scenarios/page/time_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "asm/text/printable.h"
#include "emu/history/event_info.h"
#include "emu/layout/status.h"
#include "emu/session/views/lanes.h"
#include "emu/session/views/output_lines.h"
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

Json output_json(const std::vector<Event>& events, PagePart part) {
  OutputLines lines;
  lines.add(events);
  Json out = Json::array();
  for (const OutputLine& line : lines.lines()) {
    Json pieces = Json::array();
    std::size_t begin = 0;
    for (const OutputPiece& piece : line.pieces) {
      // What was written before the part is on the screen at its start.
      if (piece.step < part.to)
        pieces.push_back(
            {piece.step, column_text(std::string_view(line.text).substr(begin, piece.end - begin))});
      begin = piece.end;
    }
    if (!pieces.empty()) out.push_back({{"m", line.pieces.front().m}, {"pieces", std::move(pieces)}});
  }
  return out;
}

}  // namespace gogoscope
