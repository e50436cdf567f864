#include "emu/layout/entities_along.h"

#include <algorithm>

namespace gogoscope {
namespace {

/// Notes which bytes are read.
class Noting final : public MemoryView {
 public:
  explicit Noting(const MemoryView& memory) : memory_(memory) {}
  bool read(Addr addr, std::span<std::byte> out) const override {
    read_.emplace_back(addr.value(), addr.value() + out.size());
    return memory_.read(addr, out);
  }
  /// Sorted, neighbours joined.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges() const {
    std::sort(read_.begin(), read_.end());
    std::vector<std::pair<std::uint64_t, std::uint64_t>> out;
    for (const auto& [begin, end] : read_) {
      if (!out.empty() && begin <= out.back().second) {
        out.back().second = std::max(out.back().second, end);
      } else {
        out.emplace_back(begin, end);
      }
    }
    return out;
  }

 private:
  const MemoryView& memory_;
  mutable std::vector<std::pair<std::uint64_t, std::uint64_t>> read_;
};

}  // namespace

EntitiesAlong::EntitiesAlong(const Guest& guest, const MemoryView& memory)
    : guest_(guest),
      lo_(guest.layout->field("g", "stack.lo").offset),
      hi_(guest.layout->field("g", "stack.hi").offset),
      entities_(guest, memory) {
  if (const DataSymbol* allgs = guest.code.data("runtime.allgs")) allgs_ = allgs->addr;
  find_others(memory);
  read_stacks(memory, 0);
  compare_stacks();
}

void EntitiesAlong::find_others(const MemoryView& memory) {
  const Noting noting(memory);
  entities_.find_others(guest_, noting);
  others_.clear();
  for (const auto& [begin, end] : noting.ranges()) others_.push_back({begin, end});
}

void EntitiesAlong::stored(Addr addr, std::uint64_t size) {
  const std::uint64_t begin = addr.value(), end = begin + size;
  const auto touches = [&](Addr at, std::uint64_t bytes) {
    return begin < at.value() + bytes && end > at.value();
  };
  // An entry after the last g counts once the length does.
  const auto array = entities_.gs_array();
  if (!allgs_.is_nil() && (touches(allgs_, 16) || touches(Addr(array.begin), array.end - array.begin)))
    gs_stale_ = true;
  const auto range =
      std::partition_point(others_.begin(), others_.end(), [&](const Range& r) { return r.end <= begin; });
  if (range != others_.end() && range->begin < end) others_stale_ = true;
  const Entity* e = entities_.holding(addr);
  if (e != nullptr && e->kind == Entity::Kind::g && (touches(e->addr + lo_, 8) || touches(e->addr + hi_, 8)))
    moved_.push_back(e->addr);
}

void EntitiesAlong::refresh(const MemoryView& memory) {
  if (!gs_stale_ && !others_stale_ && moved_.empty()) return;
  if (gs_stale_) {
    const std::size_t known = entities_.gs();
    const std::size_t first = entities_.find_new_gs(guest_, memory) ? known : 0;
    if (first == 0) {
      stacks_.clear();
      lo_of_.clear();
      others_stale_ = true;
    }
    for (std::size_t i = first; i < entities_.gs(); ++i) read_stack(memory, entities_.all()[i].addr);
  }
  if (others_stale_) {
    for (std::size_t i = entities_.gs(); i < entities_.all().size(); ++i) {
      if (entities_.all()[i].kind == Entity::Kind::g) forget_stack(entities_.all()[i].addr);
    }
    find_others(memory);
    read_stacks(memory, entities_.gs());
  }
  for (const Addr g : moved_) {
    if (entities_.at(g, Entity::Kind::g) != nullptr) read_stack(memory, g);
  }
  gs_stale_ = others_stale_ = false;
  moved_.clear();
  if (!disjoint_) compare_stacks();
}

void EntitiesAlong::read_stacks(const MemoryView& memory, std::size_t first_entity) {
  for (std::size_t i = first_entity; i < entities_.all().size(); ++i) {
    if (entities_.all()[i].kind == Entity::Kind::g) read_stack(memory, entities_.all()[i].addr);
  }
}

void EntitiesAlong::forget_stack(Addr g) {
  const auto known = lo_of_.find(g);
  if (known == lo_of_.end()) return;
  stacks_.erase({known->second, g});
  lo_of_.erase(known);
}

void EntitiesAlong::read_stack(const MemoryView& memory, Addr g) {
  forget_stack(g);
  const Addr lo(memory.load_or_zero(g + lo_)), hi(memory.load_or_zero(g + hi_));
  if (lo.is_nil() || lo >= hi) return;
  const auto [it, is_new] = stacks_.insert_or_assign({lo, g}, hi);
  lo_of_[g] = lo;
  const auto next = std::next(it);
  if (next != stacks_.end() && next->first.first < hi) disjoint_ = false;
  if (it != stacks_.begin() && std::prev(it)->second > lo) disjoint_ = false;
}

void EntitiesAlong::compare_stacks() {
  disjoint_ = true;
  Addr end;
  for (const auto& [key, hi] : stacks_) {
    if (key.first < end) disjoint_ = false;
    end = std::max(end, hi);
  }
}

std::optional<StackRef> EntitiesAlong::ref(std::map<Key, Addr>::const_iterator stack) const {
  return StackRef{entities_.at(stack->first.second, Entity::Kind::g), stack->first.first, stack->second};
}

std::optional<StackRef> EntitiesAlong::stack_with_word(Addr addr) const {
  const auto after = stacks_.upper_bound({addr, Addr(~std::uint64_t{0})});
  if (after == stacks_.begin() || addr >= std::prev(after)->second) return std::nullopt;
  return ref(std::prev(after));
}

std::optional<StackRef> EntitiesAlong::stack_with_sp(Addr sp) const {
  // A full stack has SP == hi of it, which may be lo of the next.
  const auto after = stacks_.lower_bound({sp, Addr()});
  if (after == stacks_.begin() || sp > std::prev(after)->second) return std::nullopt;
  return ref(std::prev(after));
}

std::optional<StackRef> EntitiesAlong::stack_from(Addr lo) const {
  const auto found = stacks_.lower_bound({lo, Addr()});
  if (found == stacks_.end() || found->first.first != lo) return std::nullopt;
  return ref(found);
}

}  // namespace gogoscope
