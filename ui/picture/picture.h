// A picture in memory: RGBA, 8 bits each, rows from the top, colours as ImGui gives them (sRGB).
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace gogoscope {

struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;  ///< 4 * width * height bytes

  const std::uint8_t* at(int x, int y) const {
    return rgba.data() +
           4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x));
  }
  std::uint8_t* at(int x, int y) { return const_cast<std::uint8_t*>(std::as_const(*this).at(x, y)); }

  /// The part that is within the picture; empty if none is.
  Picture part(int left, int top, int right, int bottom) const;
};

}  // namespace gogoscope
