#include "tests/ui/picture_difference.h"

#include <algorithm>
#include <cstdlib>

namespace gogoscope {
namespace {

/// Below it a pixel counts as the same: rounding in another release of Mesa or FreeType.
constexpr int kVisible = 24;

int farthest_channel(const std::uint8_t* a, const std::uint8_t* b) {
  int most = 0;
  for (int i = 0; i < 3; ++i) most = std::max(most, std::abs(a[i] - b[i]));
  return most;
}

}  // namespace

Difference difference(const Picture& a, const Picture& b) {
  const std::size_t pixels = a.rgba.size() / 4;
  if (pixels == 0) return {};
  double visible = 0;
  double sum = 0;
  for (std::size_t i = 0; i < pixels; ++i) {
    const std::uint8_t* in_a = a.rgba.data() + 4 * i;
    const std::uint8_t* in_b = b.rgba.data() + 4 * i;
    visible += farthest_channel(in_a, in_b) > kVisible ? 1 : 0;
    for (int k = 0; k < 3; ++k) sum += std::abs(in_a[k] - in_b[k]) / 3.0;
  }
  return {visible / static_cast<double>(pixels), sum / static_cast<double>(pixels)};
}

Picture coarse(const Picture& picture, int size) {
  Picture out{(picture.width + size - 1) / size, (picture.height + size - 1) / size, {}};
  for (int top = 0; top < picture.height; top += size) {
    for (int left = 0; left < picture.width; left += size) {
      const Picture square = picture.part(left, top, left + size, top + size);
      const std::size_t pixels = square.rgba.size() / 4;
      for (std::size_t k = 0; k < 4; ++k) {
        std::size_t sum = 0;
        for (std::size_t i = 0; i < pixels; ++i) sum += square.rgba[4 * i + k];
        out.rgba.push_back(static_cast<std::uint8_t>(sum / pixels));
      }
    }
  }
  return out;
}

Picture marked(const Picture& got, const Picture& expected) {
  Picture out = got;
  for (int y = 0; y < got.height; ++y) {
    for (int x = 0; x < got.width; ++x) {
      std::uint8_t* pixel = out.at(x, y);
      const bool beyond = x >= expected.width || y >= expected.height;
      const bool differs = beyond || farthest_channel(got.at(x, y), expected.at(x, y)) > kVisible;
      for (int k = 0; k < 3; ++k) pixel[k] = static_cast<std::uint8_t>(pixel[k] / 3);
      if (differs) pixel[0] = 255;
    }
  }
  return out;
}

}  // namespace gogoscope
