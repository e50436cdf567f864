// The whole record as a strip: on whose stack each step ran, where events lie, where we are. A click or a
// drag goes there.
#pragma once

#include <string>
#include <vector>

#include "ui/panel.h"

namespace gogoscope {

class TimelinePanel final : public Panel {
 public:
  struct Segment {
    std::string name;  ///< "m0.g0", "g2"
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    bool system = false;  ///< a g0
  };

  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const std::vector<Segment>& segments() const { return segments_; }

 private:
  void draw_strip(Frame& frame, Rect strip);

  std::vector<Segment> segments_;
  std::vector<std::pair<std::uint64_t, EventType>> marks_;
  std::size_t events_seen_ = 0;
  std::uint64_t steps_seen_ = 0;
};

}  // namespace gogoscope
