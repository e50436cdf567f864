// The shipped scenarios, read for the start page.
#pragma once

#include "ui/library.h"

namespace gogoscope {

/// Files below `lessons` of the shipped folder are lessons, all others examples. Empty where no scenarios
/// came with the program. Cost: each file is read, about a millisecond.
Library shipped_library();

}  // namespace gogoscope
