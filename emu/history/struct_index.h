// Which scheduler structs exist while a record is walked forward, found by address: what Entities is for one
// moment, kept from step to step. A g that is added costs one entry, whatever the number of gs before it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "emu/layout/entities.h"

namespace gogoscope {

class StructIndex {
 public:
  /// A stack, by the bounds of its g.
  struct Stack {
    Addr g, lo, hi;
    bool holds_sp(Addr sp) const { return sp > lo && sp <= hi; }
  };

  /// As they are at a moment. The guest must outlive it. Cost: that of Entities.
  StructIndex(const Guest& guest, const MemoryView& memory);

  /// Where `runtime.allgs` and the other roots are: after a store to one of these bytes, or to a link or name
  /// of an m, call `read_again`.
  bool is_root(Addr addr) const;
  /// Brings the index up to date; only gs at the end of allgs are new to it in most cases, which costs
  /// little. True if everything was read again, so that earlier indices mean nothing any more.
  bool read_again(const MemoryView& memory);
  /// After a store to the bounds of a g's stack.
  void read_stack(const MemoryView& memory, Addr g);

  const std::vector<Entity>& all() const { return all_; }
  const std::vector<std::pair<Addr, Addr>>& roots() const { return roots_; }
  /// Index into all() of the struct that holds the byte, or -1.
  int holding(Addr addr) const;
  const Entity* g_at(Addr g) const;
  std::optional<Stack> stack_with_sp(Addr sp) const;
  GId g_id(Addr g) const;

 private:
  void read_everything(const MemoryView& memory);
  void add(const MemoryView& memory, const Entity& entity);

  const Guest* guest_;
  const Layout* layout_;
  std::vector<Entity> all_;
  std::map<Addr, int> by_start_;
  std::map<Addr, Stack> stacks_;     ///< by lo; two gs never share a stack
  std::map<Addr, Addr> stack_of_g_;  ///< g -> lo of its entry in stacks_
  Addr gs_array_;                    ///< where allgs' array was when it was last read
  std::uint64_t gs_ = 0;             ///< how many of its gs are in all_
  std::vector<std::pair<Addr, Addr>> roots_;
};

}  // namespace gogoscope
