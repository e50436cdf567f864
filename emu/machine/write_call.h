// write(2) to standard output or standard error, as kernels note it for those who read the record
// (emu/guest/write_words.h).
#pragma once

#include <algorithm>
#include <cstdint>

#include "emu/guest/write_words.h"
#include "emu/machine/slot.h"

namespace gogoscope {

/// How many bytes were written, or minus an error number: where the run has written `most` bytes, the device
/// is full. `words` is kernel.write; Memory is as ThreadCalls has it.
template <class Memory>
std::int64_t note_write(Memory& memory, Addr words, std::uint64_t most, std::uint64_t fd, std::uint64_t buf,
                        std::uint64_t count) {
  constexpr std::int64_t kBadFile = -9, kBadAddress = -14, kNoSpace = -28;  // EBADF, EFAULT, ENOSPC
  if (fd != WriteWords::kStdout && fd != WriteWords::kStderr) return kBadFile;
  if (count == 0) return 0;
  const std::uint64_t written = memory.load(words + WriteWords::kTotal);
  count = std::min(count, WriteWords::kMost);
  if (written + count > most || written + count < written) return kNoSpace;
  if (!memory.gate().readable(Addr(buf), count)) return kBadAddress;
  memory.store(words + WriteWords::kFd, 8, fd);
  memory.store(words + WriteWords::kAddress, 8, buf);
  memory.store(words + WriteWords::kBytes, 8, count);
  memory.store(words + WriteWords::kTotal, 8, written + count);
  return static_cast<std::int64_t>(count);
}

}  // namespace gogoscope
