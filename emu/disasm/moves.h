// Plain moves: MOV between a general-purpose register and memory, taken apart.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "emu/guest/address.h"
#include "emu/guest/memory_view.h"
#include "emu/guest/registers.h"

namespace gogoscope {

/// MOV reg, [mem] or MOV [mem], reg. The address is base + index * scale + disp, all modulo 2^64.
struct Move {
  Reg reg = Reg::rax;
  std::uint8_t size = 8;  ///< bytes moved: 1, 2, 4 or 8
  bool to_memory = false;
  int base = -1;   ///< Reg, or -1; an address relative to RIP is in disp, resolved
  int index = -1;  ///< Reg, or -1
  int scale = 1;
  std::int64_t disp = 0;
  bool fs_segment = false;  ///< fs_base is added

  /// The address, with the registers as they are before the instruction.
  Addr address(const StateView& before) const;
};

/// The move that the bytes at `pc` begin with; nothing for every other instruction, for moves of constants,
/// and for AH, BH, CH, DH, which are not the low end of any register. Cost: about 100 ns.
std::optional<Move> plain_move(std::span<const std::byte> bytes, CodeAddr pc);

}  // namespace gogoscope
