// The state before a step, read through the state after it: no second cursor, no copied image.
#pragma once

#include "emu/guest/memory_view.h"
#include "emu/history/trace.h"

namespace gogoscope {

/// Both must outlive it. Cost of a read: a look at every change of the step, a handful.
class BeforeStep final : public StateView {
 public:
  BeforeStep(const StateView& after, const Step& step) : after_(after), step_(step) {}

  using StateView::reg;
  bool read(Addr addr, std::span<std::byte> out) const override;
  ThreadId thread() const override { return step_.thread; }
  std::uint64_t reg(ThreadId thread, Reg reg) const override;
  SseFile sse(ThreadId thread) const override;

 private:
  const StateView& after_;
  const Step& step_;
};

}  // namespace gogoscope
