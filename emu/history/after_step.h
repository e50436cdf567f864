// The state after a step, read through the state before it: cheaper than a second image when one step is all
// that is asked about. What the step itself maps cannot be read through it. Private to this folder.
#pragma once

#include "emu/history/trace.h"

namespace gogoscope {

class AfterStep final : public StateView {
 public:
  /// Both must outlive the view.
  AfterStep(const StateView& before, const Step& step) : before_(before), step_(step) {}

  using StateView::reg;
  bool read(Addr addr, std::span<std::byte> out) const override;
  ThreadId thread() const override { return step_.next_thread; }
  std::uint64_t reg(ThreadId thread, Reg reg) const override;

 private:
  const StateView& before_;
  const Step& step_;
};

}  // namespace gogoscope
