#include "ui/panels/state_graph.h"

#include <algorithm>
#include <cmath>

namespace gogoscope {
namespace {

enum class Side : std::uint8_t { left, right, top, bottom };

/// From which side of a box an arrow leaves and at which side it arrives, and how far along the side.
struct Route {
  std::uint32_t from;
  std::uint32_t to;
  Side out;
  float out_at;
  Side in;
  float in_at;
  float bow;  ///< pixels that the middle is pushed down; up if negative
};

// Two arrows between the same boxes keep apart; everything else has one way that looks best.
constexpr Route kRoutes[] = {
    {kGidle, kGdead, Side::right, 0.5F, Side::left, 0.5F, 0},
    {kGdead, kGrunnable, Side::bottom, 0.22F, Side::top, 0.72F, 0},
    {kGrunnable, kGrunning, Side::right, 0.28F, Side::left, 0.28F, -16},
    {kGrunning, kGrunnable, Side::left, 0.72F, Side::right, 0.72F, 16},
    {kGrunning, kGdead, Side::top, 0.68F, Side::bottom, 0.68F, 0},
    {kGrunning, kGwaiting, Side::bottom, 0.12F, Side::top, 0.60F, 0},
    {kGwaiting, kGrunning, Side::top, 0.86F, Side::bottom, 0.36F, 0},
    {kGwaiting, kGrunnable, Side::top, 0.26F, Side::bottom, 0.26F, 0},
    {kGrunning, kGsyscall, Side::bottom, 0.62F, Side::top, 0.62F, 0},
    {kGsyscall, kGrunning, Side::top, 0.86F, Side::bottom, 0.86F, 0},
    {kGsyscall, kGrunnable, Side::top, 0.16F, Side::bottom, 0.80F, 0},
    {kGdead, kGsyscall, Side::right, 0.65F, Side::right, 0.65F, 0},
    {kGsyscall, kGdead, Side::right, 0.35F, Side::right, 0.35F, 0},
};

ImVec2 point_on(Rect box, Side side, float share) {
  switch (side) {
    case Side::left:
      return {box.min.x, box.min.y + box.height() * share};
    case Side::right:
      return {box.max.x, box.min.y + box.height() * share};
    case Side::top:
      return {box.min.x + box.width() * share, box.min.y};
    case Side::bottom:
      return {box.min.x + box.width() * share, box.max.y};
  }
  return box.min;
}

ImVec2 away(ImVec2 at, Side side, float by) {
  switch (side) {
    case Side::left:
      return {at.x - by, at.y};
    case Side::right:
      return {at.x + by, at.y};
    case Side::top:
      return {at.x, at.y - by};
    case Side::bottom:
      return {at.x, at.y + by};
  }
  return at;
}

bool upright(Side side) { return side == Side::top || side == Side::bottom; }

StateArrow curve(const StateBox& from, const StateBox& to, const Route& route, float unit, float bow) {
  const ImVec2 start = point_on(from.rect, route.out, route.out_at);
  const ImVec2 end = point_on(to.rect, route.in, route.in_at);
  // Leaving and arriving on the same side the curve bows out, far enough to be seen beside the boxes.
  const float reach = route.out == route.in ? bow
                      : upright(route.out) && upright(route.in)
                          ? std::abs(end.y - start.y) * 0.6F
                          : std::max(std::abs(end.x - start.x), std::abs(end.y - start.y)) * 0.4F;
  ImVec2 second = away(start, route.out, reach);
  ImVec2 third = away(end, route.in, reach);
  second.y += route.bow * unit;
  third.y += route.bow * unit;
  return {from.status, to.status, {start, second, third, end}};
}

/// A way between any two boxes: through the gaps between rows and columns.
Route way_between(const StateBox& from, const StateBox& to) {
  Route route{from.status, to.status, Side::right, 0.5F, Side::left, 0.5F, 0};
  const int down = to.row - from.row;
  const auto upright_way = [&](float share) {
    route.out = down > 0 ? Side::bottom : Side::top;
    route.in = down > 0 ? Side::top : Side::bottom;
    route.out_at = route.in_at = share;
  };
  if (from.column == to.column) {
    // Between neighbours beside the arrows that are there; past a box round its outer side.
    upright_way(0.45F);
    if (down == 2 || down == -2) route.out = route.in = from.column == 0 ? Side::left : Side::right;
  } else if (from.column == 2 || to.column == 2) {
    const bool leaves = from.column == 2;
    const StateBox& other = leaves ? to : from;
    const bool on_the_left = other.column == 0;
    const Side facing = on_the_left ? Side::right : Side::left;
    const Side of_other = other.row == 1 ? Side::top : facing;
    const Side of_middle = other.row == 0 ? (on_the_left ? Side::left : Side::right) : Side::bottom;
    // Coming and going keep apart.
    const float on_middle = on_the_left ? (leaves ? 0.1F : 0.3F) : (leaves ? 0.9F : 0.7F);
    const float on_other = leaves && other.row == 1 ? (on_the_left ? 0.9F : 0.1F) : 0.5F;
    route.out = leaves ? of_middle : of_other;
    route.in = leaves ? of_other : of_middle;
    route.out_at = leaves ? on_middle : on_other;
    route.in_at = leaves ? on_other : on_middle;
  } else if (down == 1 || down == -1) {
    upright_way(0.5F);
  } else if (from.column == 1) {
    route.out = Side::left;
    route.in = Side::right;
  }
  return route;
}

constexpr std::uint32_t base(std::uint32_t status) { return status & ~kGscan; }

}  // namespace

ImVec2 StateArrow::at(float t) const {
  const float s = 1 - t;
  const float a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;
  return {a * curve[0].x + b * curve[1].x + c * curve[2].x + d * curve[3].x,
          a * curve[0].y + b * curve[1].y + c * curve[2].y + d * curve[3].y};
}

StateGraph::StateGraph(const Release& release, Rect area, ImVec2 box, std::optional<std::uint32_t> extra,
                       float unit)
    : unit_(unit) {
  const bool wide = area.width() >= 2 * box.x + 90 * unit;
  const float margin = (wide ? 24 : 6) * unit;  // the arrows round the right column need it
  bow_ = (wide ? 22 : 8) * unit;
  const float left = area.min.x + (wide ? 18 * unit : margin);
  const float right = area.max.x - margin - box.x;
  const float between = (left + right) / 2;
  const bool middle_is_free = between - left >= box.x + 12 * unit;
  // Over the box between them the arrow from idle to dead needs room.
  const float top = area.min.y + (extra && middle_is_free ? 16 * unit : 0);
  const float gap = (area.max.y - top - 3 * box.y) / 2;
  const auto add = [&](std::uint32_t status, int column, int row) {
    const float x = column == 0 ? left : column == 1 ? right : between;
    const float y = std::floor(top + static_cast<float>(row) * (box.y + gap));
    boxes_.push_back({status, column, row, {{std::floor(x), y}, {std::floor(x) + box.x, y + box.y}}});
  };
  if (extra && middle_is_free) add(*extra, 2, 0);
  add(extra && !middle_is_free ? *extra : kGidle, 0, 0);
  add(kGdead, 1, 0);
  add(kGrunnable, 0, 1);
  add(kGrunning, 1, 1);
  add(kGwaiting, 0, 2);
  add(kGsyscall, 1, 2);

  for (const GTransition& transition : release.g_transitions) {
    const std::uint32_t from = base(transition.from);
    const std::uint32_t to = base(transition.to);
    if (from == to || this->box(from) == nullptr || this->box(to) == nullptr) continue;
    // needm and dropm take calls from C: there only where they disturb nothing.
    const bool by_c = (from == kGdead && to == kGsyscall) || (from == kGsyscall && to == kGdead);
    if (by_c && !wide) continue;
    arrows_.push_back(*arrow(from, to));
  }
}

const StateBox* StateGraph::box(std::uint32_t status) const {
  for (const StateBox& box : boxes_) {
    if (box.status == status) return &box;
  }
  return nullptr;
}

std::optional<StateArrow> StateGraph::arrow(std::uint32_t from, std::uint32_t to) const {
  const StateBox* start = box(from);
  const StateBox* end = box(to);
  if (start == nullptr || end == nullptr || start == end) return std::nullopt;
  const bool over_the_middle = boxes_.front().column == 2 && start->row == 0 && end->row == 0 &&
                               start->column != 2 && end->column != 2;
  if (over_the_middle) {
    return curve(*start, *end, {from, to, Side::top, 0.5F, Side::top, 0.5F, 0}, unit_, bow_);
  }
  const auto* known = std::find_if(std::begin(kRoutes), std::end(kRoutes),
                                   [&](const Route& route) { return route.from == from && route.to == to; });
  return curve(*start, *end, known != std::end(kRoutes) ? *known : way_between(*start, *end), unit_, bow_);
}

}  // namespace gogoscope
