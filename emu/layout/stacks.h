// Which stack an address is on. Bounds are those of g.stack: SP may be anything in (lo, hi], since an empty
// stack has SP == hi; a word on the stack is in [lo, hi).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "emu/layout/entities.h"

namespace gogoscope {

/// Whether a g has a stack with these bounds: lo is not nil and below hi, and both are addresses of a
/// process. Linux gives a process on amd64 the lower 2^47 bytes.
bool bounds_a_stack(Addr lo, Addr hi);

struct StackRef {
  const Entity* owner = nullptr;  ///< a g; points into the Entities asked
  Addr lo;
  Addr hi;
  /// SP is at hi of a stack without frames, and at lo of one that is used up.
  bool holds_sp(Addr sp) const { return sp >= lo && sp <= hi; }
  bool holds_word(Addr addr) const { return addr >= lo && addr < hi; }
};

/// Stacks in order of their addresses, kept while a record is walked. Cost of everything: that of a search in
/// a balanced tree.
class StackMap {
 public:
  /// Of two stacks with the same lo, the one of lower rank comes first.
  struct Key {
    Addr lo;
    std::int64_t rank = 0;
    auto operator<=>(const Key&) const = default;
  };
  struct Stack {
    Addr g, lo, hi;
  };

  void put(const Key& key, Addr hi, Addr g);
  /// Takes the stack out again if it is there and this g's.
  void take(const Key& key, Addr g);
  void clear();

  /// No two stacks share a byte. Where some do, which of them an address lies on is a matter of the order in
  /// which they are asked.
  bool disjoint() const { return overlaps_ == 0; }
  /// Of two stacks that meet there, the one below, which has no frames.
  std::optional<Stack> with_sp(Addr sp) const;
  std::optional<Stack> with_word(Addr addr) const;
  std::optional<Stack> from(Addr lo) const;
  /// The neighbour that shares bytes with the stack of this key, if there is one.
  std::optional<Stack> overlapping(const Key& key) const;

 private:
  struct Rest {
    Addr hi, g;
  };
  using Map = std::map<Key, Rest>;
  static Stack stack(Map::const_iterator at) { return {at->second.g, at->first.lo, at->second.hi}; }
  /// How many of the pairs of neighbours that this stack is in overlap.
  int overlaps_at(Map::const_iterator at) const;

  Map stacks_;
  int overlaps_ = 0;  ///< pairs of neighbours that overlap
};

/// The stack of a g; nothing if it has none, or if its bounds make no sense.
std::optional<StackRef> stack_of(const Layout& layout, const MemoryView& memory, const Entity& g);
/// All stacks, in order of gs.
std::vector<StackRef> stacks(const Layout& layout, const MemoryView& memory, const Entities& entities);
/// Of two stacks that meet there, the one below, which has no frames. With the stacks of one moment, in their
/// order.
std::optional<StackRef> stack_with_sp(const std::vector<StackRef>& stacks, Addr sp);
std::optional<StackRef> stack_with_word(const std::vector<StackRef>& stacks, Addr addr);
std::optional<StackRef> stack_with_sp(const Layout& layout, const MemoryView& memory,
                                      const Entities& entities, Addr sp);

}  // namespace gogoscope
