// Entities and stacks while a record is walked: found once, then brought up to date by what each step has
// stored. For code that names things at every step; for a single moment Entities is enough.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "emu/layout/entities.h"
#include "emu/layout/stacks.h"

namespace gogoscope {

class EntitiesAlong {
 public:
  /// The guest must outlive it. Cost: that of Entities.
  EntitiesAlong(const Guest& guest, const MemoryView& memory);

  /// Takes in what a step has stored; `after` is the memory as the stores have left it. Cost: two binary
  /// searches a store where they touch no struct that matters; little, whatever the number of gs, where they
  /// add one to allgs.
  template <class Stores>
  void follow(const Stores& stores, const MemoryView& after) {
    for (const auto& store : stores) stored(store.addr, store.size);
    refresh(after);
  }

  const Entities& entities() const { return entities_; }
  /// No two stacks share a byte. Only then the questions below may be asked.
  bool disjoint() const { return disjoint_; }
  std::optional<StackRef> stack_with_sp(Addr sp) const;
  std::optional<StackRef> stack_with_word(Addr addr) const;
  /// The stack whose lowest byte is here.
  std::optional<StackRef> stack_from(Addr lo) const;

 private:
  void stored(Addr addr, std::uint64_t size);
  void refresh(const MemoryView& memory);
  struct Range {
    std::uint64_t begin, end;
  };
  using Key = std::pair<Addr, Addr>;  ///< lo, g
  void find_others(const MemoryView& memory);
  void read_stack(const MemoryView& memory, Addr g);
  void forget_stack(Addr g);
  void read_stacks(const MemoryView& memory, std::size_t first_entity);
  void compare_stacks();
  std::optional<StackRef> ref(std::map<Key, Addr>::const_iterator stack) const;

  const Guest& guest_;
  Addr allgs_;
  std::uint32_t lo_, hi_;  ///< of g.stack
  Entities entities_;
  std::vector<Range> others_;   ///< what Ms, Ps and their gs were read from, in order
  std::map<Key, Addr> stacks_;  ///< to hi
  std::map<Addr, Addr> lo_of_;  ///< of each g that has a stack
  bool disjoint_ = true;
  bool gs_stale_ = false, others_stale_ = false;
  std::vector<Addr> moved_;  ///< gs whose bounds were stored
};

}  // namespace gogoscope
