// What makes steps of a record once more, after their deltas were released (emu/history/keyframes.cpp). The
// engine's is in emu/live/; whoever only reads records knows none.
#pragma once

#include <cstdint>
#include <memory>

#include "emu/history/trace.h"

namespace gogoscope {

class Remaker {
 public:
  virtual ~Remaker() = default;

  /// A record that begins with state `first`, which is `start`, and has the `steps` steps that the run made
  /// from there. `end` is the state after them: the same object as `start` of a later call where that call
  /// goes on from here. The record is good until the next call.
  virtual const Trace& remake(std::uint64_t first, const std::shared_ptr<const Image>& start,
                              std::uint64_t steps, const std::shared_ptr<const Image>& end) = 0;
};

}  // namespace gogoscope
