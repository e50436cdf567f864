// Which thread moves next. The choice is input (emu/guest/turns.h); what is left of it, and where the current
// turn ends, is guest memory, so that it is undone and redone like everything else.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "emu/machine/engine.h"

namespace gogoscope {
namespace {

constexpr std::uint64_t kNever = ~std::uint64_t{0};

constexpr std::uint64_t bit(ThreadId thread) { return std::uint64_t{1} << thread; }

/// splitmix64.
std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

}  // namespace

void Machine::Engine::look_at_threads() {
  threads_changed_ = false;
  turn_check_ = wake_check_ = kNever;
  if (!threads_) return;
  const std::uint64_t now = threads_->now(memory_, recorder_.steps());
  can_move_ = 0;
  for (int i = 0; i < kMaxThreads; ++i) {
    const auto thread = static_cast<ThreadId>(i);
    const ThreadRow row = threads_->row(memory_, thread);
    if (row.can_move() || row.wakes_by_itself(now)) {
      can_move_ |= bit(thread);
    } else if (row.state == ThreadState::asleep && row.deadline != 0) {
      const std::uint64_t steps = (row.deadline - now + kNsPerStep - 1) / kNsPerStep;
      wake_check_ = std::min(wake_check_, recorder_.steps() + steps);
    }
  }
  const std::uint64_t self = bit(memory_.thread());
  if ((can_move_ & self) == 0) {
    turn_check_ = 0;
  } else if (can_move_ != self) {
    turn_check_ = memory_.load_or_zero(threads_->schedule_addr() + ScheduleWords::kTurnEnd);
  }
}

void Machine::Engine::take_turn() {
  if (can_move_ == 0) {
    // Nobody can move: time passes until the first sleeper's deadline.
    std::uint64_t earliest = kNever;
    for (int i = 0; i < kMaxThreads; ++i) {
      const ThreadRow row = threads_->row(memory_, static_cast<ThreadId>(i));
      if (row.state == ThreadState::asleep && row.deadline != 0) earliest = std::min(earliest, row.deadline);
    }
    if (earliest == kNever) {
      recorder_.mark_stop({StopReason::deadlock, "every thread sleeps, and nobody is left to wake one", 0});
      return;
    }
    set_clock(earliest);
    look_at_threads();
  }
  switch_to(choose());
}

void Machine::Engine::set_clock(std::uint64_t now) {
  store(threads_->clock_addr(), 8, now);
  take_schedule_word(ScheduleWords::kClockStep, recorder_.steps());
}

std::uint64_t Machine::Engine::take_schedule_word(std::uint64_t word, std::uint64_t new_value) {
  const Addr at = threads_->schedule_addr() + static_cast<std::int64_t>(word);
  const std::uint64_t old_value = memory_.load_or_zero(at);
  if (old_value != new_value) store(at, 8, new_value);
  return old_value;
}

Machine::Engine::Choice Machine::Engine::choose() {
  const Turns& turns = guest_->turns;
  const auto quantum = std::max<std::uint64_t>(turns.quantum, 1);
  std::uint64_t next = memory_.load_or_zero(threads_->schedule_addr() + ScheduleWords::kNextOfList);
  while (next < turns.first.size()) {
    const Turn& turn = turns.first[next++];
    if ((can_move_ & bit(turn.thread)) == 0) continue;
    take_schedule_word(ScheduleWords::kNextOfList, next);
    return {turn.thread, turn.steps};
  }
  take_schedule_word(ScheduleWords::kNextOfList, next);

  const ThreadId self = memory_.thread();
  const std::uint64_t others = can_move_ & ~bit(self);
  const std::uint64_t candidates = others != 0 ? others : can_move_;
  if (turns.kind == Turns::Kind::seed) {
    const std::uint64_t state =
        memory_.load_or_zero(threads_->schedule_addr() + ScheduleWords::kRandom) + 0x9e3779b97f4a7c15ULL;
    take_schedule_word(ScheduleWords::kRandom, state);
    const std::uint64_t random = mixed(state ^ turns.seed);
    std::uint64_t left = candidates;
    for (std::uint64_t skip = random % static_cast<std::uint64_t>(std::popcount(candidates)); skip > 0;
         --skip) {
      left &= left - 1;
    }
    return {static_cast<ThreadId>(std::countr_zero(left)), 1 + (random >> 32) % quantum};
  }
  const std::uint64_t above = candidates & ~(bit(self) | (bit(self) - 1));
  return {static_cast<ThreadId>(std::countr_zero(above != 0 ? above : candidates)), quantum};
}

void Machine::Engine::switch_to(Choice choice) {
  const ThreadId old_thread = memory_.thread();
  std::memcpy(memory_.bytes().data() + AddressMap::register_offset(old_thread, 0), registers_.data(),
              sizeof registers_);
  recorder_.store(AddressMap::kThreadOffset, 1, std::uint64_t{old_thread} ^ choice.thread);
  memory_.bytes()[AddressMap::kThreadOffset] = static_cast<std::byte>(choice.thread);
  if (threads_->row(memory_, choice.thread).state != ThreadState::runnable) {
    store(threads_->row_addr(choice.thread) + ThreadRow::kState, 4,
          static_cast<std::uint64_t>(ThreadState::runnable));
  }
  take_schedule_word(ScheduleWords::kTurnEnd, recorder_.steps() + 1 + choice.steps);
  recorder_.commit();
  write_registers(memory_.registers(choice.thread));
  threads_changed_ = true;
}

std::string Machine::Engine::give_turn(ThreadId thread) {
  if (threads_changed_) look_at_threads();
  if (trace_.end() || !threads_ || (can_move_ & bit(thread)) == 0) {
    return fmt::format("m{} cannot move", thread);
  }
  switch_to({thread, std::max<std::uint64_t>(guest_->turns.quantum, 1)});
  return {};
}

}  // namespace gogoscope
