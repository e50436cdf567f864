#include "emu/live/live.h"

#include <algorithm>

#include "emu/live/reexecution.h"
#include "emu/machine/machine.h"

namespace gogoscope {
namespace {

/// The tip that executes.
class EngineTip final : public Tip {
 public:
  EngineTip(const Program& program, Trace& trace)
      : trace_(trace), machine_(program.guest, program.slots, trace) {}

  bool extend(std::uint64_t steps) override {
    const std::uint64_t before = trace_.steps();
    const std::uint64_t budget = trace_.guest().step_budget;
    if (before >= budget || trace_.end()) return false;
    machine_.run(std::min(steps, budget - before));
    return trace_.steps() > before;
  }
  void cut(const Cursor& at) override { machine_.resume_from(at); }

  Message why_not(const Cursor& at, const Edit& edit) const override { return machine_.why_not(at, edit); }
  Message why_no_turn(const Cursor& at, ThreadId thread) const override {
    return machine_.why_no_turn(at, thread);
  }
  Message edit(const Cursor& at, const Edit& edit) override { return machine_.edit(at, edit); }
  Message give_turn(const Cursor& at, ThreadId thread) override { return machine_.give_turn(at, thread); }
  void branch_off(const Cursor& at) override { machine_.branch_off(at); }
  void go_to_branch(int id) override { machine_.go_to_branch(id); }

 private:
  const Trace& trace_;
  Machine machine_;
};

}  // namespace

std::unique_ptr<Session> live_session(const Program& program, const RecordLimits& limits) {
  auto trace = std::make_unique<Trace>(program.guest);
  trace->keep_within(limits, std::make_shared<Reexecution>(program));
  auto tip = std::make_unique<EngineTip>(program, *trace);
  return std::make_unique<Session>(std::move(trace), std::move(tip));
}

}  // namespace gogoscope
