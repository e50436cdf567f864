// What an instruction that has not run yet will do to registers and memory: enough to look ahead in a
// straight line of code and say whether a value is about to be replaced.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "emu/guest/address.h"
#include "emu/guest/registers.h"

namespace gogoscope {

struct Effect {
  std::uint8_t length = 0;     ///< bytes; 0 if the bytes are not an instruction
  bool leaves = false;         ///< a branch, call or return: the straight line ends here
  std::uint32_t written = 0;   ///< bit i: may change Reg(i)
  std::uint32_t replaced = 0;  ///< bit i: gives Reg(i) a value that does not depend on its old one
  // The store, if it makes one other than a push: to base + index * scale + disp.
  bool stores = false;
  std::uint8_t store_size = 0;
  int base = -1;  ///< Reg, or -1
  int index = -1;
  int scale = 1;
  std::int64_t disp = 0;
  bool fs_segment = false;

  bool replaces(Reg r) const { return (replaced >> static_cast<unsigned>(r) & 1U) != 0; }
};

/// The effect of the instruction at the start of `bytes`. Cost: about 100 ns.
Effect effect_of(std::span<const std::byte> bytes, CodeAddr pc);

}  // namespace gogoscope
