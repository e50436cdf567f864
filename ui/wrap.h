// Breaks a text into lines. ImGui's own wrapping breaks at spaces only, which leaves Chinese ragged.
#pragma once

#include <imgui.h>

#include <string_view>
#include <vector>

namespace gogoscope {

/// Lines of at most `width` pixels where that can be had: broken at a space, which belongs to no line, or
/// between two Chinese characters, but not before closing punctuation.
std::vector<std::string_view> wrap(ImFont* font, std::string_view text, float width);

}  // namespace gogoscope
