// The layouts that exist, one file a release. Private to this folder: others ask layout_for.
#pragma once

#include "emu/layout/layout.h"

namespace gogoscope {

const Layout& go1_16_layout();

}  // namespace gogoscope
