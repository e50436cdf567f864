#include "emu/machine/machine.h"

#include "emu/machine/engine.h"

namespace gogoscope {

Machine::Machine(std::shared_ptr<const Guest> guest, std::shared_ptr<const SlotTable> slots, Trace& trace)
    : engine_(std::make_unique<Engine>(std::move(guest), std::move(slots), trace)) {}

Machine::~Machine() = default;

void Machine::run(std::uint64_t steps) { engine_->run(steps); }

void Machine::resume_from(const Cursor& at) { engine_->resume_from(at); }

std::string Machine::edit(Reg reg, std::uint64_t value) { return engine_->edit(reg, value); }

std::string Machine::edit(Addr addr, int size, std::uint64_t value) {
  return engine_->edit(addr, size, value);
}

std::string Machine::give_turn(ThreadId thread) { return engine_->give_turn(thread); }

Image Machine::engine_state() const { return engine_->engine_state(); }

}  // namespace gogoscope
