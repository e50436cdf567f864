#include "ui/panels/strip.h"

#include <algorithm>
#include <cmath>

#include "ui/panels/event_look.h"

namespace gogoscope {
namespace {

constexpr float kNarrow = 1.5F;  ///< pixels: shorter segments are merged

}  // namespace

std::vector<Run> runs(const Lane& lane, const TimeScale& scale) {
  std::vector<Run> out;
  const Segment* segment = lane.at(static_cast<std::uint64_t>(std::max(scale.first, 0.0)));
  if (segment == nullptr) return out;
  const Segment* const end = lane.segments.data() + lane.segments.size();
  for (; segment != end && static_cast<double>(segment->from) <= scale.last; ++segment) {
    const float left = std::max(scale.x_of(segment->from), scale.left);
    const float right = std::min(scale.x_of(segment->to), scale.right);
    const bool narrow = right - left < kNarrow;
    if (narrow && !out.empty() && out.back().merged) {
      out.back().right = right;
    } else if (right > left) {
      out.push_back({left, right, segment->what, narrow});
    }
  }
  return out;
}

std::vector<Mark> marks_in_sight(const std::vector<Mark>& all, const TimeScale& scale, float apart) {
  std::vector<Mark> out;
  float last = 0;
  for (const Mark& mark : all) {
    // The event has happened in the state after its step.
    if (!scale.shows(mark.step + 1)) continue;
    const float x = scale.x_of(mark.step + 1);
    if (out.empty() || x - last >= apart) {
      out.push_back(mark);
      last = x;
    } else if (look(mark.type).weight > look(out.back().type).weight) {
      out.back() = mark;
    }
  }
  return out;
}

const Mark* mark_near(const std::vector<Mark>& all, const TimeScale& scale, float x, float reach) {
  const std::uint64_t state = scale.state_at(x);
  const auto after =
      std::partition_point(all.begin(), all.end(), [&](const Mark& mark) { return mark.step + 1 < state; });
  const Mark* best = nullptr;
  float least = reach;
  const auto consider = [&](const Mark& mark) {
    const float distance = std::abs(scale.x_of(mark.step + 1) - x);
    if (distance > least) return;
    least = distance;
    best = &mark;
  };
  if (after != all.end()) consider(*after);
  if (after != all.begin()) consider(*std::prev(after));
  return best;
}

}  // namespace gogoscope
