#include "ui/wrap.h"

#include "asm/text/wrap.h"
#include "ui/draw.h"

namespace gogoscope {

std::vector<std::string_view> wrap(ImFont* font, std::string_view text, float width) {
  return wrap(text, width, [font](std::string_view piece) { return draw::measure(font, piece).x; });
}

}  // namespace gogoscope
