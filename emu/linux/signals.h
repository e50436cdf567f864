// Signals of a process: numbers, sets of them, and what was done with which. Private to this folder.
//
// A signal is sent (signals.cpp) into the set of those that are pending for a thread, or for the process
// where every thread blocks it. A thread takes one when it comes out of a system call or gets its turn, or by
// an exception of its own (signal_delivery.cpp).
#pragma once

#include "emu/linux/call.h"

namespace gogoscope::os {

struct Signal {
  static constexpr std::uint64_t kIll = 4, kTrap = 5, kBus = 7, kFpe = 8, kKill = 9, kSegv = 11, kPipe = 13,
                                 kChld = 17, kCont = 18, kStop = 19, kTstp = 20, kTtin = 21, kTtou = 22,
                                 kUrg = 23, kWinch = 28;
  /// Of siginfo: who sent it.
  static constexpr std::uint64_t kByUser = 0, kByTkill = 0xffff'fffa, kByKernel = 0x80;
};

/// In a set.
constexpr std::uint64_t signal_bit(std::uint64_t number) { return std::uint64_t{1} << (number - 1); }
/// Those that no mask has.
inline constexpr std::uint64_t kUnblockable = signal_bit(Signal::kKill) | signal_bit(Signal::kStop);

/// What rt_sigaction has set, as its words are kept.
struct Action {
  static constexpr std::uint64_t kOnStack = 0x0800'0000, kRestart = 0x1000'0000, kNoDefer = 0x4000'0000,
                                 kResetHand = 0x8000'0000, kRestorer = 0x0400'0000;
  std::uint64_t handler = 0, flags = 0, restorer = 0, mask = 0;

  bool calls() const { return handler != SignalRow::kDefault && handler != SignalRow::kIgnore; }
};

constexpr Addr signal_row(std::uint64_t number) {
  return Words::kSignals + static_cast<std::int64_t>(number * SignalRow::kSize);
}
Action action(Call& c, std::uint64_t number);
/// Whether nothing happens where it is delivered.
bool is_ignored(std::uint64_t number, const Action& action);
/// The process ends, as it does by default.
void die_of(Call& c, std::uint64_t number);

/// Sends a signal to a thread. `code` is kByUser or kByTkill.
void send(Call& c, std::uint64_t thread, std::uint64_t number, std::uint64_t code);

/// sigaltstack of the calling thread.
struct AlternateStack {
  static constexpr std::uint64_t kOnStack = 1, kDisable = 2, kAutoDisarm = std::uint64_t{1} << 31;
  static constexpr std::uint64_t kLeast = 2048;  ///< MINSIGSTKSZ
  std::uint64_t base = 0, flags = 0, size = 0;

  static AlternateStack of(Call& c);
  void keep(Call& c) const;
  bool holds(std::uint64_t sp) const { return sp > base && sp - base <= size; }
  /// What the thread is told of it.
  std::uint64_t state(std::uint64_t sp) const { return size == 0 ? kDisable : holds(sp) ? kOnStack : 0; }
};

}  // namespace gogoscope::os
