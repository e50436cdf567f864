// Where in its address space a process has what. Private to this folder.
#pragma once

#include <cstdint>

#include "emu/guest/address.h"

namespace gogoscope::os {

struct Place {
  Addr base;
  std::uint64_t size = 0;
  constexpr Addr end() const { return base + static_cast<std::int64_t>(size); }
};

/// Go asks for its arenas here first (mallocinit). All places together, with the file's segments, are below 4
/// GB.
inline constexpr Place kHeapPlace{Addr(0xc000000000), std::uint64_t{2} << 30};
/// Go 1.19 reserves 600 MB for the summaries of pages.
inline constexpr Place kMmapPlace{Addr(0x7f0000000000), std::uint64_t{1280} << 20};
inline constexpr Place kStackPlace{Addr(0x7ffffffff000 - (8 << 20)), 8 << 20};
/// What is left for the segments.
inline constexpr std::uint64_t kMostSegments = std::uint64_t{400} << 20;

}  // namespace gogoscope::os
