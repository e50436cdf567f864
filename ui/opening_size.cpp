#include "ui/opening_size.h"

#include <algorithm>
#include <cmath>

namespace gogoscope {
namespace {

float fitted(float wanted, float work_area, float frame) {
  if (work_area > 0) wanted = std::min(wanted, work_area - frame);
  return std::max(std::floor(wanted), 1.0F);
}

}  // namespace

ImVec2 opening_size(ImVec2 wanted, float scale, ImVec2 work_area, ImVec2 frame) {
  return {fitted(wanted.x * scale, work_area.x, frame.x), fitted(wanted.y * scale, work_area.y, frame.y)};
}

}  // namespace gogoscope
