// The releases that come with the program, one file each. Private to this folder: others ask release_named.
#pragma once

#include "emu/layout/release.h"

namespace gogoscope {

std::shared_ptr<const Release> go1_16_release();

}  // namespace gogoscope
