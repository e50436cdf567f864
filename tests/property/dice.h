// Random numbers that are the same on every machine.
#pragma once

#include <cstdint>
#include <initializer_list>

namespace gogoscope {

/// SplitMix64, a public-domain generator by Sebastiano Vigna.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  /// A number below `sides`.
  int roll(int sides) {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t z = state_;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return static_cast<int>((z ^ z >> 31) % static_cast<std::uint64_t>(sides));
  }
  bool one_in(int n) { return roll(n) == 0; }
  int between(int least, int most) { return least + roll(most - least + 1); }
  template <class T>
  T of(std::initializer_list<T> all) {
    return all.begin()[roll(static_cast<int>(all.size()))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace gogoscope
