// What a timeline draws, worked out once for a record, a width and a zoom: runs of pixels instead of
// segments, marks instead of events. However long the record is, it holds no more than the strip has pixels.
//
// Cost of making it: some nanoseconds for each segment and event in sight.
#pragma once

#include <cstdint>
#include <vector>

#include "emu/session/views/lanes.h"
#include "ui/panels/time_scale.h"

namespace gogoscope {

/// Pixels [left, right) of one lane.
struct Run {
  float left = 0;
  float right = 0;
  std::uint32_t what = 0;  ///< as in Segment
  bool merged = false;     ///< several segments, each too short for a pixel or two
};

/// An event, or several that lie too close together to be told apart.
struct Mark {
  std::uint64_t step = 0;
  EventType type = EventType::status;
};

std::vector<Run> runs(const Lane& lane, const TimeScale& scale);

/// The marks in sight. Of those closer to each other than `apart` pixels the weightiest one stays.
std::vector<Mark> marks_in_sight(const std::vector<Mark>& all, const TimeScale& scale, float apart);

/// The mark nearest to x, if it is within `reach` pixels.
const Mark* mark_near(const std::vector<Mark>& all, const TimeScale& scale, float x, float reach);

}  // namespace gogoscope
