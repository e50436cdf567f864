#include "ui/picture/picture.h"

#include <algorithm>

namespace gogoscope {

Picture Picture::part(int left, int top, int right, int bottom) const {
  left = std::clamp(left, 0, width);
  right = std::clamp(right, left, width);
  top = std::clamp(top, 0, height);
  bottom = std::clamp(bottom, top, height);
  Picture out{right - left, bottom - top, {}};
  if (out.width == 0) return out;
  for (int y = top; y < bottom; ++y) {
    out.rgba.insert(out.rgba.end(), at(left, y), at(left, y) + 4 * static_cast<std::ptrdiff_t>(out.width));
  }
  return out;
}

}  // namespace gogoscope
