#include "emu/machine/machine.h"

#include "emu/machine/engine.h"

namespace gogoscope {

Machine::Machine(std::shared_ptr<const Guest> guest, std::shared_ptr<const SlotTable> slots, Trace& trace)
    : engine_(std::make_unique<Engine>(std::move(guest), std::move(slots), trace)) {}

Machine::~Machine() = default;

void Machine::run(std::uint64_t steps) { engine_->run(steps); }

void Machine::fly(Pilot& pilot) { engine_->fly(pilot); }

void Machine::begin_at(std::uint64_t state, std::shared_ptr<const Image> image, bool is_there) {
  engine_->begin_at(state, std::move(image), is_there);
}

void Machine::resume_from(const Cursor& at) { engine_->resume_from(at); }

void Machine::branch_off(const Cursor& at) { engine_->branch_off(at); }
void Machine::go_to_branch(int id) { engine_->go_to_branch(id); }

Message Machine::why_not(const Cursor& at, const Edit& edit) const { return engine_->why_not(at, edit); }

Message Machine::why_no_turn(const Cursor& at, ThreadId thread) const {
  return engine_->why_no_turn(at, thread);
}

Message Machine::edit(const Cursor& at, const Edit& edit) { return engine_->edit(at, edit); }

Message Machine::give_turn(const Cursor& at, ThreadId thread) { return engine_->give_turn(at, thread); }

Image Machine::engine_state() const { return engine_->engine_state(); }

}  // namespace gogoscope
