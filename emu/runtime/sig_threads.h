// Signatures of functions that only threads and their locks need, beside those of functions.h.
#pragma once

#include "emu/runtime/signature.h"

namespace gogoscope::runtime::sig {

inline const Signature badctxt{"runtime.badctxt", {}, {}};

}  // namespace gogoscope::runtime::sig
