// One result of the palette, as a row.
#pragma once

#include "ui/overlays/search.h"

namespace gogoscope {

/// Its kind as a word, its title with the matched characters underlined, then the rest as far as it fits.
void draw_result(Frame& frame, Rect row, const Hit& hit, bool chosen);

}  // namespace gogoscope
