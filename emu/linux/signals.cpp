// Signals: who wants what done, and sending them.
#include "emu/linux/signals.h"

#include <fmt/format.h>

#include "emu/guest/signal_words.h"

namespace gogoscope::os {
namespace {

/// SIGCHLD, SIGCONT, SIGURG, SIGWINCH.
bool ignored_by_default(std::uint64_t number) {
  return number == Signal::kChld || number == Signal::kCont || number == Signal::kUrg ||
         number == Signal::kWinch;
}

/// SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU.
bool stops_by_default(std::uint64_t number) { return number >= Signal::kStop && number <= Signal::kTtou; }

bool blocks(Call& c, std::uint64_t thread, std::uint64_t number) {
  return number != Signal::kKill && number != Signal::kStop &&
         (c.load(c.task_of(thread, TaskRow::kSignalMask)) & signal_bit(number)) != 0;
}

/// The call in which the thread sleeps ends early: it is made again after the handler, or answers EINTR.
void interrupt(Call& c, std::uint64_t thread, bool restarts) {
  constexpr std::uint64_t kLength = 2;
  const auto id = static_cast<ThreadId>(thread);
  const std::uint64_t pc = c.load(c.task_of(thread, TaskRow::kSleepsAt));
  const std::uint64_t call = c.load(c.task_of(thread, TaskRow::kSleepsIn));
  const std::uint64_t rest = c.load(c.task_of(thread, TaskRow::kRemainder));
  if (rest != 0) {
    constexpr std::uint64_t kSecond = 1'000'000'000;
    const std::uint64_t until = c.threads().deadline(id), now = c.threads().now();
    const std::uint64_t left = until > now ? until - now : 0;
    c.put(rest, left / kSecond);
    c.put(rest + 8, left % kSecond);
  }
  const bool again = restarts && (call & TaskRow::kRestarts) != 0;
  c.gate().set_thread_reg(id, Reg::rip, again ? pc : pc + kLength);
  c.gate().set_thread_reg(id, Reg::rax,
                          again ? call & ~TaskRow::kRestarts : static_cast<std::uint64_t>(kEINTR));
  c.gate().set_thread_reg(id, Reg::rcx, pc + kLength);
  c.set(c.task_of(thread, TaskRow::kWaitsUntil), 0);
  c.threads().wake_thread(id);
}

bool lives(Call& c, std::uint64_t thread) {
  return thread < c.threads().threads() && c.threads().state_of(thread) != ThreadState::exited;
}

/// To the process: the first thread that does not block it gets it.
void send_to_process(Call& c, std::uint64_t number) {
  const std::uint64_t threads = c.threads().threads();
  for (std::uint64_t thread = 0; thread < threads; ++thread) {
    if (lives(c, thread) && !blocks(c, thread, number)) return send(c, thread, number, Signal::kByUser);
  }
  const Addr pending = Words::kProcess + ProcessWords::kPending;
  c.set(pending, c.load(pending) | signal_bit(number));
}

/// They are no longer pending anywhere.
void forget(Call& c, std::uint64_t number) {
  const auto clear = [&](Addr word) { c.set(word, c.load(word) & ~signal_bit(number)); };
  clear(Words::kProcess + ProcessWords::kPending);
  const std::uint64_t threads = c.threads().threads();
  for (std::uint64_t thread = 0; thread < threads; ++thread) clear(c.task_of(thread, TaskRow::kPending));
}

std::int64_t send_to_thread(Call& c, std::int32_t tid, std::uint64_t number) {
  if (tid < 1 || !lives(c, static_cast<std::uint64_t>(tid) - 1)) return kESRCH;
  if (number >= SignalRow::kSignals) return kEINVAL;
  if (number != 0) send(c, static_cast<std::uint64_t>(tid) - 1, number, Signal::kByTkill);
  return 0;
}

}  // namespace

Action action(Call& c, std::uint64_t number) {
  const Addr row = signal_row(number);
  return {c.load(row + SignalRow::kHandler), c.load(row + SignalRow::kFlags),
          c.load(row + SignalRow::kRestorer), c.load(row + SignalRow::kMask)};
}

bool is_ignored(std::uint64_t number, const Action& action) {
  return action.handler == SignalRow::kIgnore ||
         (action.handler == SignalRow::kDefault && ignored_by_default(number));
}

void die_of(Call& c, std::uint64_t number) {
  // A shell says 128 and the number. Nobody is there to let a stopped process go on.
  end_process(c, 128 + static_cast<int>(number),
              fmt::format("{} by {}", stops_by_default(number) ? "stopped" : "killed", signal_name(number)));
}

void send(Call& c, std::uint64_t thread, std::uint64_t number, std::uint64_t code) {
  c.gate().others_notice();
  const Action wanted = action(c, number);
  const bool blocked = blocks(c, thread, number);
  if (!blocked) {
    if (is_ignored(number, wanted)) return;
    if (!wanted.calls()) return die_of(c, number);
  }
  const Addr pending = c.task_of(thread, TaskRow::kPending), sent = c.task_of(thread, TaskRow::kByTkill);
  const std::uint64_t before = c.load(pending);
  if ((before & signal_bit(number)) == 0) {
    const std::uint64_t others = c.load(sent) & ~signal_bit(number);
    c.set(sent, code == Signal::kByTkill ? others | signal_bit(number) : others);
    c.set(pending, before | signal_bit(number));
  }
  if (!blocked && c.threads().state_of(thread) == ThreadState::asleep)
    interrupt(c, thread, (wanted.flags & Action::kRestart) != 0);
}

AlternateStack AlternateStack::of(Call& c) {
  return {c.load(c.task(TaskRow::kStack)), c.load(c.task(TaskRow::kStackFlags)),
          c.load(c.task(TaskRow::kStackSize))};
}

void AlternateStack::keep(Call& c) const {
  c.set(c.task(TaskRow::kStack), base);
  c.set(c.task(TaskRow::kStackFlags), flags);
  c.set(c.task(TaskRow::kStackSize), size);
}

std::int64_t rt_sigaction(Call& c) {
  const std::uint64_t number = c.arg(0), act = c.arg(1), old_act = c.arg(2);
  if (number == 0 || number >= SignalRow::kSignals || c.arg(3) != 8) return kEINVAL;
  const Addr row = signal_row(number);
  if (act != 0 && (number == Signal::kKill || number == Signal::kStop)) return kEINVAL;
  if (act != 0 && !c.gate().readable(Addr(act), SignalRow::kSize)) return kEFAULT;
  std::array<std::uint64_t, SignalRow::kSize / 8> given{};
  for (std::size_t i = 0; act != 0 && i < given.size(); ++i) given[i] = c.load(Addr(act + i * 8));
  for (std::uint64_t word = 0; old_act != 0 && word < SignalRow::kSize; word += 8) {
    if (!c.put(old_act + word, c.load(row + static_cast<std::int64_t>(word)))) return kEFAULT;
  }
  if (act == 0) return 0;
  given[SignalRow::kMask / 8] &= ~kUnblockable;
  for (std::size_t i = 0; i < given.size(); ++i) c.set(row + static_cast<std::int64_t>(i * 8), given[i]);
  if (is_ignored(number, action(c, number))) forget(c, number);
  return 0;
}

std::int64_t rt_sigprocmask(Call& c) {
  constexpr std::int32_t kBlock = 0, kUnblock = 1, kSet = 2;
  const std::uint64_t set = c.arg(1), old_set = c.arg(2);
  if (c.arg(3) != 8) return kEINVAL;
  const Addr word = c.task(TaskRow::kSignalMask);
  const std::uint64_t mask = c.load(word);
  const auto given = set != 0 ? c.get(set) : std::optional<std::uint64_t>(0);
  if (!given || (old_set != 0 && !c.put(old_set, mask))) return kEFAULT;
  if (set == 0) return 0;
  switch (c.int_arg(0)) {
    case kBlock:
      c.set(word, (mask | *given) & ~kUnblockable);
      return 0;
    case kUnblock:
      c.set(word, mask & ~*given);
      return 0;
    case kSet:
      c.set(word, *given & ~kUnblockable);
      return 0;
    default:
      return kEINVAL;
  }
}

std::int64_t sigaltstack(Call& c) {
  const std::uint64_t given = c.arg(0), old = c.arg(1), sp = c.gate().reg(Reg::rsp);
  constexpr std::uint64_t kBytes = 24;
  if (given != 0 && !c.gate().readable(Addr(given), kBytes)) return kEFAULT;
  const AlternateStack before = AlternateStack::of(c);
  AlternateStack now;
  if (given != 0) {
    now = {c.load(Addr(given)), c.load(Addr(given + 8), 4), c.load(Addr(given + 16))};
    const std::uint64_t mode = now.flags & ~AlternateStack::kAutoDisarm;
    if (before.size != 0 && before.holds(sp)) return kEPERM;
    if (mode != 0 && mode != AlternateStack::kOnStack && mode != AlternateStack::kDisable) return kEINVAL;
    if (mode == AlternateStack::kDisable) {
      now.base = now.size = 0;
    } else if (now.size < AlternateStack::kLeast) {
      return kENOMEM;
    }
  }
  if (old != 0) {
    const std::uint64_t flags = before.state(sp) | (before.flags & AlternateStack::kAutoDisarm);
    if (!c.put(old, before.base) || !c.put(old + 8, flags) || !c.put(old + 16, before.size)) return kEFAULT;
  }
  if (given != 0) now.keep(c);
  return 0;
}

std::int64_t kill(Call& c) {
  if (c.int_arg(0) != 1 && c.int_arg(0) != 0) return kESRCH;
  if (c.arg(1) >= SignalRow::kSignals) return kEINVAL;
  if (c.arg(1) != 0) send_to_process(c, c.arg(1));
  return 0;
}

std::int64_t tkill(Call& c) { return send_to_thread(c, c.int_arg(0), c.arg(1)); }

std::int64_t tgkill(Call& c) {
  return c.int_arg(0) != 1 ? static_cast<std::int64_t>(kESRCH) : send_to_thread(c, c.int_arg(1), c.arg(2));
}

}  // namespace gogoscope::os
