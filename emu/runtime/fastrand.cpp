#include "emu/runtime/fastrand.h"

#include <numeric>

namespace gogoscope::runtime {

std::uint32_t fastrand(Frame& x) {
  const std::uint64_t state = x.m() + x.environment().m_fastrand;
  // xorshift64+: two words of 32 bits, added.
  auto s1 = static_cast<std::uint32_t>(x.load_private(state, 4));
  const auto s0 = static_cast<std::uint32_t>(x.load_private(state + 4, 4));
  s1 ^= s1 << 17;
  s1 = s1 ^ s0 ^ s1 >> 7 ^ s0 >> 16;
  x.store_private(state, 4, s0);
  x.store_private(state + 4, 4, s1);
  return s0 + s1;
}

std::uint32_t fastrandn(Frame& x, std::uint32_t n) {
  return static_cast<std::uint32_t>(std::uint64_t{fastrand(x)} * n >> 32);
}

std::uint64_t fastrand_seed(std::uint64_t m_id) {
  // splitmix64, so that neighbours do not walk alike.
  std::uint64_t z = (m_id + 1) * 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  z ^= z >> 31;
  return z != 0 ? z : 1;  // a state of zero would stay zero
}

StealOrder steal_order(std::uint32_t start, std::uint32_t count) {
  // Go keeps the numbers coprime to count in stealOrder.coprimes; they follow from count.
  std::uint32_t coprimes = 0;
  for (std::uint32_t i = 1; i <= count; ++i) coprimes += std::gcd(i, count) == 1 ? 1 : 0;
  std::uint32_t skip = start % coprimes;
  std::uint32_t stride = 1;
  while (std::gcd(stride, count) != 1 || skip-- > 0) ++stride;
  return {start % count, stride};
}

}  // namespace gogoscope::runtime
