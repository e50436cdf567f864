// stubs.go, fastrand: the runtime's random numbers. Their state is m.fastrand of the M that asks.
#pragma once

#include <cstdint>

#include "emu/runtime/frame.h"

namespace gogoscope::runtime {

/// The next number of this M. Not a shared access: only an M itself touches its m.fastrand. Go inlines it.
std::uint32_t fastrand(Frame& x);
/// Below n: without a division, as Go does it.
std::uint32_t fastrandn(Frame& x, std::uint32_t n);
/// What m.fastrand starts with. Go hashes the M's id and the CPU's tick counter with a seed of this process;
/// here it follows from the id alone, so that the same run steals in the same order.
std::uint64_t fastrand_seed(std::uint64_t m_id);

/// proc.go, randomEnum: one walk over `count` Ps that meets each of them once. `start` is any random number.
struct StealOrder {
  std::uint32_t first;   ///< index in allp of the first victim
  std::uint32_t stride;  ///< coprime to count
};
StealOrder steal_order(std::uint32_t start, std::uint32_t count);

}  // namespace gogoscope::runtime
