// Breaks a text into lines. ImGui's own wrapping breaks at spaces only, which leaves Chinese ragged.
#pragma once

#include <imgui.h>

#include <string_view>
#include <vector>

namespace gogoscope {

/// Lines of at most `width` pixels, as asm/text/wrap.h breaks them.
std::vector<std::string_view> wrap(ImFont* font, std::string_view text, float width);

}  // namespace gogoscope
