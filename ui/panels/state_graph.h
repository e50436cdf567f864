// Where the boxes and arrows of the state machine of a g are: two columns of three states, as in
//
//   idle ------> dead
//             /   ^
//   runnable --> running        (copystack or preempted is between idle and dead while a g has to do
//      ^      /   |              with it; where there is no room, in the place of idle)
//   waiting     syscall
//
// Arrows never pass through a box. Cost: some microseconds.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "emu/layout/release.h"
#include "emu/layout/status.h"
#include "ui/registry.h"

namespace gogoscope {

struct StateBox {
  std::uint32_t status = 0;  ///< without the scan bit
  int column = 0;            ///< 0 left, 1 right, 2 between
  int row = 0;
  Rect rect;
};

/// A cubic curve from the edge of one box to the edge of another.
struct StateArrow {
  std::uint32_t from = 0;  ///< without the scan bit
  std::uint32_t to = 0;
  std::array<ImVec2, 4> curve{};
  ImVec2 at(float t) const;
};

class StateGraph {
 public:
  /// Lays the graph out. `extra` is a status beyond the six, if the g has to do with one; `unit` is the size
  /// of a pixel at scale 1.
  StateGraph(const Release& release, Rect area, ImVec2 box, std::optional<std::uint32_t> extra, float unit);

  const std::vector<StateBox>& boxes() const { return boxes_; }
  const StateBox* box(std::uint32_t status) const;
  /// The arrows of all legal transitions between boxes that are shown.
  const std::vector<StateArrow>& arrows() const { return arrows_; }
  /// An arrow between any two boxes, for a change that no function of the runtime makes.
  std::optional<StateArrow> arrow(std::uint32_t from, std::uint32_t to) const;

 private:
  std::vector<StateBox> boxes_;
  std::vector<StateArrow> arrows_;
  float unit_;
  float bow_ = 0;  ///< how far arrows round a box keep from it
};

}  // namespace gogoscope
