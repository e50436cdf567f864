// What a guest's kernel notes at the data symbol kernel.signal when a thread enters a handler of a signal,
// and when it returns from one. Events read it: like what was written, it is kept nowhere else.
#pragma once

#include <cstdint>
#include <string>

namespace gogoscope {

struct SignalWords {
  /// How often a handler was entered, and returned from, in this run. One of them is stored last: a larger
  /// value says that it happened.
  static constexpr std::uint64_t kEntered = 0, kReturned = 8;
  /// Of which signal. Of a return it is what the frame says, which the program may have changed.
  static constexpr std::uint64_t kNumber = 16;
  static constexpr std::uint64_t kSize = 24;
};

/// By the number that Linux gives it: "SIGABRT"; "signal 40".
std::string signal_name(std::uint64_t number);

}  // namespace gogoscope
