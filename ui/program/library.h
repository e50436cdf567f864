// The shipped scenarios, read for the start page.
#pragma once

#include "ui/library.h"

namespace gogoscope {

/// What has a lesson is one, all else is an example; those of a folder follow those beside it. Empty where no
/// scenarios came with the program. Cost: each file is read, about a millisecond.
Library shipped_library();

}  // namespace gogoscope
