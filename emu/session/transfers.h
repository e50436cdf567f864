// What has moved between registers and the structs of gs: how a gobuf is saved and loaded, move by move.
#pragma once

#include <cstdint>
#include <vector>

#include "emu/history/cursor.h"

namespace gogoscope {

/// A plain MOV between a register and a field of some g.
struct Transfer {
  std::uint64_t step = 0;  ///< its index in the trace
  Reg reg = Reg::rax;
  Addr addr;                ///< of the memory operand; is in a g
  std::uint8_t size = 8;    ///< bytes moved
  std::uint64_t value = 0;  ///< what was moved, zero-extended
  bool to_memory = false;
};

/// The transfers of the step executed last and of the steps before it in the same activation, oldest first:
/// going back while the steps are instructions of the same thread in the same real function, not beyond its
/// entry, at most 64 of them. The step executed last, if it is a transfer, is the last in the list. Empty at
/// the start and where the step executed last is not an instruction of a real function.
/// Pushes, calls and stores of constants are not transfers. Walks the cursor back and forth and leaves it
/// where it was. Cost: some microseconds.
std::vector<Transfer> transfers(Cursor& at);
/// The same with a copy of the cursor. Cost: that of copying an image, about half a millisecond.
std::vector<Transfer> transfers(const Cursor& at);

}  // namespace gogoscope
