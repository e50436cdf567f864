// Signals: what a process wants done is kept, but no handler runs. A signal that ends the process does.
#include <fmt/format.h>

#include "emu/linux/absent.h"
#include "emu/linux/call.h"

namespace gogoscope::os {
namespace {

constexpr std::uint64_t kKill = 9, kStop = 19;

Addr signal_row(std::uint64_t number) {
  return Words::kSignals + static_cast<std::int64_t>(number * SignalRow::kSize);
}

/// Those that do nothing by default: SIGCHLD, SIGCONT, SIGURG, SIGWINCH.
bool ignored_by_default(std::uint64_t number) {
  return number == 17 || number == 18 || number == 23 || number == 28;
}

std::int64_t deliver(Call& c, std::uint64_t number) {
  if (number >= SignalRow::kSignals) return kEINVAL;
  if (number == 0) return 0;
  const std::uint64_t handler = c.load(signal_row(number) + SignalRow::kHandler);
  if (handler == SignalRow::kIgnore) return 0;
  if (handler != SignalRow::kDefault) {
    c.absent(AbsentRow::kSignal | number);
    return 0;
  }
  // A shell says 128 and the number.
  if (!ignored_by_default(number)) {
    end_process(c, 128 + static_cast<int>(number), fmt::format("killed by {}", signal_name(number)));
  }
  return 0;
}

bool is_thread(Call& c, std::int32_t tid) {
  return tid >= 1 && static_cast<std::uint64_t>(tid) <= c.threads().threads() &&
         c.threads().state_of(static_cast<std::uint64_t>(tid) - 1) != ThreadState::exited;
}

}  // namespace

std::int64_t rt_sigaction(Call& c) {
  const std::uint64_t number = c.arg(0), act = c.arg(1), old_act = c.arg(2);
  if (number == 0 || number >= SignalRow::kSignals || c.arg(3) != 8) return kEINVAL;
  const Addr row = signal_row(number);
  for (std::uint64_t word = 0; old_act != 0 && word < SignalRow::kSize; word += 8) {
    if (!c.put(old_act + word, c.load(row + static_cast<std::int64_t>(word)))) return kEFAULT;
  }
  if (act == 0) return 0;
  if (number == kKill || number == kStop) return kEINVAL;
  if (!c.gate().readable(Addr(act), SignalRow::kSize)) return kEFAULT;
  for (std::uint64_t word = 0; word < SignalRow::kSize; word += 8)
    c.set(row + static_cast<std::int64_t>(word), c.load(Addr(act + word)));
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
      c.set(word, mask | *given);
      return 0;
    case kUnblock:
      c.set(word, mask & ~*given);
      return 0;
    case kSet:
      c.set(word, *given);
      return 0;
    default:
      return kEINVAL;
  }
}

std::int64_t sigaltstack(Call& c) {
  constexpr std::uint64_t kDisable = 2;
  const std::uint64_t now = c.arg(0), before = c.arg(1);
  const Addr stack = c.task(TaskRow::kStack);
  constexpr std::uint64_t kBytes = 24;
  if (now != 0 && !c.gate().readable(Addr(now), kBytes)) return kEFAULT;
  for (std::uint64_t word = 0; before != 0 && word < kBytes; word += 8) {
    if (!c.put(before + word, c.load(stack + static_cast<std::int64_t>(word)))) return kEFAULT;
  }
  if (now == 0) return 0;
  const std::uint64_t flags = c.load(Addr(now + 8), 4);
  const bool disable = (flags & kDisable) != 0;
  c.set(stack, disable ? 0 : c.load(Addr(now)));
  c.set(stack + 8, flags);
  c.set(stack + 16, disable ? 0 : c.load(Addr(now + 16)));
  return 0;
}

std::int64_t kill(Call& c) {
  if (c.int_arg(0) != 1 && c.int_arg(0) != 0) return kESRCH;
  return deliver(c, c.arg(1));
}

std::int64_t tkill(Call& c) {
  return is_thread(c, c.int_arg(0)) ? deliver(c, c.arg(1)) : static_cast<std::int64_t>(kESRCH);
}

std::int64_t tgkill(Call& c) {
  if (c.int_arg(0) != 1 || !is_thread(c, c.int_arg(1))) return kESRCH;
  return deliver(c, c.arg(2));
}

}  // namespace gogoscope::os
