// Which thread moves next. The choice is input (emu/guest/turns.h); what is left of it, and where the current
// turn ends, is guest memory, so that it is undone and redone like everything else.
#include <fmt/format.h>

#include <algorithm>

#include "emu/machine/engine.h"

namespace gogoscope {
namespace {

constexpr std::uint64_t kNever = ~std::uint64_t{0};

/// splitmix64.
std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

}  // namespace

void Machine::Engine::forget_threads() {
  threads_changed_ = true;
  if (threads_) movers_.read_all(*threads_, memory_);
}

void Machine::Engine::look_at_threads() {
  threads_changed_ = false;
  turn_check_ = wake_check_ = kNever;
  if (!threads_) return;
  const std::uint64_t now = threads_->now(memory_, recorder_.steps());
  const ThreadSet& can_move = movers_.look(*threads_, memory_, now);
  const auto deadline = movers_.next_deadline(now);
  const bool frozen = guest_->turns.explored;
  if (deadline && !frozen) {
    wake_check_ = recorder_.steps() + (*deadline - now + kNsPerStep - 1) / kNsPerStep;
  }
  if (!can_move.holds(memory_.thread())) {
    turn_check_ = 0;
  } else if (can_move.size() > 1 || (frozen && deadline)) {
    // A deadline that may pass counts as a thread that could move.
    turn_check_ = memory_.load_or_zero(threads_->schedule_addr() + ScheduleWords::kTurnEnd);
  }
}

bool Machine::Engine::take_turn() {
  if (movers_.can_move().size() == 0) {
    // No thread can move: time passes until the first sleeper's deadline.
    const auto earliest = movers_.next_deadline(0);
    if (!earliest) {
      deadlock();
      return false;
    }
    set_clock(*earliest);
    look_at_threads();
  }
  switch_to(choose());
  return true;
}

void Machine::Engine::set_clock(std::uint64_t now) {
  store(threads_->clock_addr(), 8, now);
  if (!guest_->turns.explored) take_schedule_word(ScheduleWords::kClockStep, recorder_.steps());
}

std::uint64_t Machine::Engine::take_schedule_word(std::uint64_t word, std::uint64_t new_value) {
  const Addr at = threads_->schedule_addr() + static_cast<std::int64_t>(word);
  const std::uint64_t old_value = memory_.load_or_zero(at);
  if (old_value != new_value) store(at, 8, new_value);
  return old_value;
}

/// The clock goes to the deadline until which the thread sleeps, if it does.
void Machine::Engine::expire(ThreadId thread) {
  const ThreadRow row = threads_->row(memory_, thread);
  if (row.state != ThreadState::asleep || row.deadline <= threads_->clock(memory_)) return;
  set_clock(row.deadline);
  look_at_threads();
}

Machine::Engine::Choice Machine::Engine::choose() {
  const Turns& turns = guest_->turns;
  const auto quantum = std::max<std::uint64_t>(turns.quantum, 1);
  std::uint64_t next = memory_.load_or_zero(threads_->schedule_addr() + ScheduleWords::kNextOfList);
  while (next < turns.first.size()) {
    const Turn& turn = turns.first[next++];
    if (turn.expires) expire(turn.thread);
    if (!movers_.can_move().holds(turn.thread)) continue;
    take_schedule_word(ScheduleWords::kNextOfList, next);
    return {turn.thread, turn.steps};
  }
  take_schedule_word(ScheduleWords::kNextOfList, next);

  const ThreadId self = memory_.thread();
  ThreadSet candidates = movers_.can_move();
  if (candidates.size() > 1) candidates.erase(self);
  if (turns.kind == Turns::Kind::seed) {
    const std::uint64_t state =
        memory_.load_or_zero(threads_->schedule_addr() + ScheduleWords::kRandom) + 0x9e3779b97f4a7c15ULL;
    take_schedule_word(ScheduleWords::kRandom, state);
    const std::uint64_t random = mixed(state ^ turns.seed);
    return {candidates.nth(random % candidates.size()), 1 + (random >> 32) % quantum};
  }
  return {candidates.after(self), quantum};
}

void Machine::Engine::switch_to(Choice choice) {
  const ThreadId old_thread = memory_.thread();
  memory_.registers(old_thread) = registers_;
  recorder_.store(AddressMap::kThreadOffset, 4, std::uint64_t{old_thread} ^ choice.thread);
  memory_.set_thread(choice.thread);
  if (threads_->row(memory_, choice.thread).state != ThreadState::runnable) {
    store(threads_->row_addr(choice.thread) + ThreadRow::kState, 4,
          static_cast<std::uint64_t>(ThreadState::runnable));
  }
  take_schedule_word(ScheduleWords::kTurnEnd, recorder_.steps() + 1 + choice.steps);
  recorder_.commit();
  write_registers(memory_.registers(choice.thread));
  threads_changed_ = true;
  ask_kernel_ = true;
}

Message Machine::Engine::why_no_turn(const Cursor& at, ThreadId thread) const {
  const ThreadRow row = threads_ ? threads_->row(at.state(), thread) : ThreadRow();
  const std::string m = fmt::format("m{}", thread);
  if (row.state == ThreadState::none) {
    return Message({"{m} has no thread", "{m} 没有线程"}, {{"m", m}});
  }
  if (row.state == ThreadState::exited) {
    return Message({"{m} cannot move: it has ended", "{m} 不能运行：它已经结束"}, {{"m", m}});
  }
  if (!row.can_move() && !row.wakes_by_itself(threads_->now(at.state(), at.position()))) {
    return Message({"{m} cannot move: it sleeps", "{m} 不能运行：它在睡眠"}, {{"m", m}});
  }
  if (thread == at.state().thread()) {
    return Message({"it is {m}'s turn already", "现在已经轮到 {m}"}, {{"m", m}});
  }
  if (trace_.end() && at.at_end()) return Message({"the run has ended", "运行已经结束"});
  return {};
}

Message Machine::Engine::give_turn(const Cursor& at, ThreadId thread) {
  if (Message wrong = why_no_turn(at, thread); !wrong.empty()) return wrong;
  branch_off(at);
  switch_to({thread, std::max<std::uint64_t>(guest_->turns.quantum, 1)});
  recorder_.mark_by_hand();
  return {};
}

}  // namespace gogoscope
