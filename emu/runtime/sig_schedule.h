// Signatures of functions around the scheduler's queues that nobody but their own files calls by name.
#pragma once

#include "emu/runtime/signature.h"

namespace gogoscope::runtime::sig {

inline const Signature stopTheWorld_func1{"runtime.stopTheWorld.func1", {}, {}};
inline const Signature startTheWorld_func1{"runtime.startTheWorld.func1", {}, {}};
inline const Signature traceGoSched{"runtime.traceGoSched", {}, {}};
inline const Signature racegostart{"runtime.racegostart", {{"pc", "uintptr"}}, {{"racectx", "uintptr"}}};

}  // namespace gogoscope::runtime::sig
