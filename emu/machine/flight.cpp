// A machine with a pilot: which thread moves next is decided outside, and steps can be taken back in place.
#include "emu/history/delta.h"
#include "emu/machine/engine.h"

namespace gogoscope {

void Machine::Engine::fly(Pilot& pilot) {
  pilot_ = &pilot;
  landed_ = false;
  ended_ = trace_.end() != nullptr;
  noticed_ = true;  // it is asked before anything runs
  limit_ = ~std::uint64_t{0};
  ask_at_ = recorder_.steps() + Pilot::kAlone;
  while (!landed_) {
    if (pilot_waits()) {
      ask_pilot();
    } else {
      execute();
    }
  }
  pilot_ = nullptr;
  threads_changed_ = true;
  forget_threads();
}

bool Machine::Engine::ask_pilot() {
  // Where nothing is noticed, each step is asked about from ask_at_ on.
  const std::uint64_t next = noticed_ ? recorder_.steps() + Pilot::kAlone : ask_at_;
  noticed_ = false;
  const std::uint64_t flown = flown_;
  landed_ = !pilot_->decide(*this);
  ask_at_ = flown_ != flown ? recorder_.steps() + Pilot::kAlone : next;
  return !landed_;
}

void Machine::Engine::give_turn(ThreadId thread, bool expires) {
  ++flown_;
  if (expires) expire(thread);
  switch_to({thread, ~std::uint64_t{0} - recorder_.steps() - 1});
}

void Machine::Engine::take_back(std::uint64_t steps) {
  ++flown_;
  while (recorder_.steps() > steps) take_back_step();
  if (mappings_) map_memory();
  write_registers(registers_);
  noticed_ = false;
  ended_ = trace_.end() != nullptr;
  ask_kernel_ = true;
}

void Machine::Engine::take_back_step() {
  delta::visit(
      recorder_.last_record(), [&](unsigned reg, std::uint64_t x) { registers_[reg] ^= x; },
      [&](std::uint32_t offset, unsigned size, std::uint64_t x) {
        if (offset < AddressMap::kHolesOffset) {
          memory_.registers(memory_.thread()) = registers_;
          memory_.set_thread(AddressMap::thread_of(memory_.thread() ^ x));
          registers_ = memory_.registers(memory_.thread());
        } else if (AddressMap::in_holes(offset)) {
          const std::size_t block = (offset - AddressMap::kHolesOffset) / 8;
          const std::uint64_t bytes = memory_.blocks()[block].region->size;
          memory_.set_mapped(block, bytes - ((bytes - memory_.blocks()[block].mapped) ^ x));
          map_memory();
        } else if (AddressMap::in_registers(offset)) {
          memory_.registers(AddressMap::thread_of_register(offset))[AddressMap::word_of_register(offset)] ^=
              x;
        } else if (guest_->map.in_sse(offset)) {
          memory_.sse_file(guest_->map.thread_of_sse(offset)).words[guest_->map.word_of_sse(offset)] ^= x;
        } else {
          memory_.apply(offset, size, x);
        }
      });
  recorder_.drop_last();
}

void Machine::Engine::deadlock() {
  end_run(
      {StopReason::deadlock,
       {"every thread sleeps, and none is left to wake another", "所有线程都在睡眠，没有一个能唤醒别的线程"},
       0});
}

}  // namespace gogoscope
