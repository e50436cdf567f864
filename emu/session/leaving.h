// Where "step out" leads from a function that never returns: gogo jumps away, schedule and goexit0 end in
// such a jump. Their frames are given up, and nobody comes back to them.
#pragma once

#include <optional>

#include "emu/history/cursor.h"

namespace gogoscope {

struct Leaving {
  const Function* function = nullptr;  ///< that is left for good
  bool jumps = false;                  ///< by a jump of its own; else by a call that never returns
  std::uint64_t to = 0;                ///< the state that step-out comes to, as far as it is recorded
  CodeAddr pc;                         ///< of that state
  bool recorded = false;               ///< the record gets there; else it ends before
};

/// Nothing where the function returns, or is one of a task. Cost: that of stepping out in the record.
std::optional<Leaving> leaving(const Cursor& at);

}  // namespace gogoscope
