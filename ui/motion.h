// How far the transition to the moment shown has progressed. Nothing moves for longer than kTransition; with
// motion switched off, and in pictures, nothing moves at all.
#pragma once

#include <algorithm>

namespace gogoscope {

class Motion {
 public:
  static constexpr float kTransition = 0.25F;  ///< seconds

  void enable(bool enabled) { enabled_ = enabled; }
  /// The moment shown has changed.
  void begin() { elapsed_ = enabled_ ? 0 : kTransition; }
  void advance(float seconds) { elapsed_ = std::min(elapsed_ + seconds, kTransition); }
  bool moving() const { return elapsed_ < kTransition; }

  /// From 0, the old moment, to 1, the new one; slows down towards the end.
  float progress() const {
    const float left = 1 - elapsed_ / kTransition;
    return 1 - left * left * left;
  }

 private:
  bool enabled_ = false;
  float elapsed_ = kTransition;
};

}  // namespace gogoscope
