// Which part of a record a strip of pixels shows, and where in it each state is.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace gogoscope {

struct TimeScale {
  float left = 0;  ///< pixels
  float right = 1;
  double first = 0;  ///< states
  double last = 1;
  bool operator==(const TimeScale&) const = default;

  double states() const { return last - first; }
  float x_of(std::uint64_t state) const {
    return left + static_cast<float>((static_cast<double>(state) - first) / states() * (right - left));
  }
  /// The state nearest to x; never before 0.
  std::uint64_t state_at(float x) const {
    const double share = std::clamp(static_cast<double>((x - left) / (right - left)), 0.0, 1.0);
    return static_cast<std::uint64_t>(std::llround(std::max(first + share * states(), 0.0)));
  }
  bool shows(std::uint64_t state) const {
    return static_cast<double>(state) >= first && static_cast<double>(state) <= last;
  }

  /// States at round steps (1, 2 or 5 times a power of ten), at least `apart` pixels from each other.
  std::vector<std::uint64_t> round_states(float apart) const {
    const double least = std::max(states() * apart / std::max(right - left, 1.0F), 1.0);
    double step = std::pow(10.0, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
      if (step * factor >= least) {
        step *= factor;
        break;
      }
    }
    std::vector<std::uint64_t> out;
    for (double at = std::ceil(first / step) * step; at <= last; at += step) {
      out.push_back(static_cast<std::uint64_t>(at));
    }
    return out;
  }
};

}  // namespace gogoscope
