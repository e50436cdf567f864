// Which stack an address is on. Bounds are those of g.stack: SP may be anything in (lo, hi], since an empty
// stack has SP == hi; a word on the stack is in [lo, hi).
#pragma once

#include <optional>
#include <vector>

#include "emu/layout/entities.h"

namespace gogoscope {

struct StackRef {
  const Entity* owner = nullptr;  ///< a g; points into the Entities asked
  Addr lo;
  Addr hi;
  bool holds_sp(Addr sp) const { return sp > lo && sp <= hi; }
  bool holds_word(Addr addr) const { return addr >= lo && addr < hi; }
};

/// The stack of a g; nothing if it has none, or if its bounds make no sense.
std::optional<StackRef> stack_of(const Layout& layout, const MemoryView& memory, const Entity& g);
/// All stacks, in order of gs.
std::vector<StackRef> stacks(const Layout& layout, const MemoryView& memory, const Entities& entities);
std::optional<StackRef> stack_with_sp(const Layout& layout, const MemoryView& memory,
                                      const Entities& entities, Addr sp);
std::optional<StackRef> stack_with_word(const Layout& layout, const MemoryView& memory,
                                        const Entities& entities, Addr addr);

}  // namespace gogoscope
