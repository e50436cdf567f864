// The variables of the runtime that the model uses, as an assembler text: symbols in the data region.
#pragma once

#include <string>
#include <vector>

#include "asm/assembler.h"
#include "emu/layout/layout.h"

namespace gogoscope::runtime {

inline constexpr std::uint64_t kHeapBase = 0xc000000000;
/// What the allocator asks the system for at a time, as in Go (heapArenaBytes).
inline constexpr std::uint64_t kArenaBytes = 64 << 20;

/// g0, m0, sched, allgs, ... and the funcvals that modelled code passes to mcall and newproc. Sizes come
/// from the layout; the heap starts with `arena_bytes` from kHeapBase on. `strings` are the string
/// constants of modelled code: the N-th is at go.string.N.
plan9::Source globals(const Go& go, std::uint64_t arena_bytes, const std::vector<std::string>& strings);

/// Go's type of a variable of that text, empty for others: "g", "m", "schedt", "[]*g".
std::string type_of_global(std::string_view name);

}  // namespace gogoscope::runtime
