// Numbers as the machine stores them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace plan9 {

/// Writes the lowest `bytes` bytes of `value`, the lowest first.
inline void store(std::byte* at, std::uint64_t value, unsigned bytes) {
  for (unsigned i = 0; i < bytes; ++i) at[i] = static_cast<std::byte>(value >> (8 * i));
}

}  // namespace plan9
