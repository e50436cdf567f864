// The fonts: a proportional one for words, a mono one for data, Chinese merged into both.
//
// Chinese glyphs are restricted to the characters that the window can show; all of them would take an
// atlas of 4096 x 8192.
#pragma once

#include <imgui.h>

#include <string>
#include <vector>

namespace gogoscope {

struct Fonts {
  ImFont* words = nullptr;
  ImFont* strong = nullptr;  ///< words, semi-bold: titles and names
  ImFont* story = nullptr;   ///< words, larger: the sentence
  ImFont* mono = nullptr;
  /// Font files that were looked for and not found; ImGui's built-in font stands in.
  std::vector<std::string> missing;
};

/// Fills `io.Fonts` at size x scale. `characters` is any text that holds every character to be shown.
/// Cost: 30-40 ms.
Fonts load_fonts(ImGuiIO& io, float scale, const std::string& characters);

}  // namespace gogoscope
