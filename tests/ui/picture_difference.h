// How far two pictures are apart, and a picture of it.
#pragma once

#include "ui/picture/picture.h"

namespace gogoscope {

struct Difference {
  double pixels = 0;  ///< share of the pixels that differ visibly in a channel
  double mean = 0;    ///< difference of a channel, 0 to 255, over all pixels
};

/// Of two pictures of one size.
Difference difference(const Picture& a, const Picture& b);

/// The picture in squares of `size` pixels, each in its mean colour: what stays when letters are drawn by
/// another version of a font.
Picture coarse(const Picture& picture, int size);

/// `got`, faded, with what differs from `expected` in red.
Picture marked(const Picture& got, const Picture& expected);

}  // namespace gogoscope
