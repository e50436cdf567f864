// How large the window opens, so that it fits the screen that it opens on.
#pragma once

#include <imgui.h>

namespace gogoscope {

/// In the window system's units. `wanted` is for a scale of 1; `work_area` is what panels and docks of the
/// screen leave, and `frame` what the system draws around a window, both sides together. A work area that is
/// not known is 0.
ImVec2 opening_size(ImVec2 wanted, float scale, ImVec2 work_area, ImVec2 frame);

}  // namespace gogoscope
