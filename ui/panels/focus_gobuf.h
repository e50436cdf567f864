// Which gobuf a student looks at now: the one that is being saved or loaded.
#pragma once

#include <cstdint>
#include <string_view>

#include "ui/view.h"

namespace gogoscope {

/// The gobuf worth looking at, as a field of a g, and why.
struct FocusGobuf {
  enum class Why : std::uint8_t { stored, loaded, edited, chosen };
  const Entity* g = nullptr;  ///< null if there is none
  Why why = Why::chosen;
  std::string_view function;  ///< that stored or loaded it: "gogo"; empty for an edit, which no code has made
};
/// Of the g whose gobuf the executed step stored to; or that the real function it belongs to loads or saves;
/// else of `g`.
FocusGobuf gobuf_in_focus(const View& view, const Entity* g);

}  // namespace gogoscope
