// What must be said of some words of a stack.
#pragma once

#include "asm/text/language.h"

namespace gogoscope {

/// Beside the return address under a goroutine's first frame.
inline constexpr TextView kForgedReturn{"forged by newproc: no call pushed it",
                                        "newproc 伪造的：不是 CALL 压入的"};

}  // namespace gogoscope
