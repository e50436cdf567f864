// Makes steps of a run once more, on an engine of its own: the one at the tip stays there.
#pragma once

#include <memory>

#include "emu/history/remaker.h"
#include "emu/machine/machine.h"
#include "emu/machine/program.h"

namespace gogoscope {

class Reexecution final : public Remaker {
 public:
  /// Cost: none; the engine is made when it is first needed.
  explicit Reexecution(Program program) : program_(std::move(program)), trace_(program_.guest) {}

  /// Cost: that of loading the state, unless the call goes on where the one before ended, and 60 ns a step.
  const Trace& remake(std::uint64_t first, const std::shared_ptr<const Image>& start, std::uint64_t steps,
                      const std::shared_ptr<const Image>& end) override;

 private:
  Program program_;
  Trace trace_;
  std::unique_ptr<Machine> machine_;
  std::shared_ptr<const Image> at_;  ///< the state that the machine is in, where that is known
};

}  // namespace gogoscope
