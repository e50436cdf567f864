#include "emu/live/reexecution.h"

#include <utility>

namespace gogoscope {

const Trace& Reexecution::remake(std::uint64_t first, const std::shared_ptr<const Image>& start,
                                 std::uint64_t steps, const std::shared_ptr<const Image>& end) {
  if (!machine_) machine_ = std::make_unique<Machine>(program_.guest, program_.slots, trace_);
  const bool is_there = std::exchange(at_, nullptr) == start;
  machine_->begin_at(first, start, is_there);
  machine_->run(steps);
  at_ = end;
  return trace_;
}

}  // namespace gogoscope
