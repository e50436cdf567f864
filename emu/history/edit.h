// A change that the user makes to a moment of a run, with everything in it resolved.
#pragma once

#include <cstdint>
#include <variant>

#include "emu/guest/address.h"
#include "emu/guest/registers.h"

namespace gogoscope {

/// A register of the thread whose turn it is.
struct RegisterEdit {
  Reg reg = Reg::rax;
  std::uint64_t value = 0;
};

/// 1, 2, 4 or 8 bytes of memory.
struct MemoryEdit {
  Addr addr;
  int size = 8;
  std::uint64_t value = 0;
};

using Edit = std::variant<RegisterEdit, MemoryEdit>;

}  // namespace gogoscope
