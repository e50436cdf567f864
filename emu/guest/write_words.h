// The last write of a guest to a file, as its kernel notes it at the data symbol kernel.write. What a program
// has written is not kept anywhere: it follows from the record, in which each such note is a store.
#pragma once

#include <cstdint>

namespace gogoscope {

struct WriteWords {
  /// Bytes that the run has written so far. Stored last: a larger value says that there was a write.
  static constexpr std::uint64_t kTotal = 0;
  static constexpr std::uint64_t kFd = 8, kAddress = 16, kBytes = 24;
  static constexpr std::uint64_t kSize = 32;

  static constexpr std::uint64_t kStdout = 1, kStderr = 2;
  /// What a call takes at most; write(2) may always write less than it is asked to.
  static constexpr std::uint64_t kMost = 4096;
  /// What a run may write.
  static constexpr std::uint64_t kMostOutput = std::uint64_t{16} << 20;
};

}  // namespace gogoscope
