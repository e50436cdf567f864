#include "emu/layout/stacks.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace gogoscope {
namespace {

constexpr std::int64_t kFirst = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();

struct Bounds {
  FieldAt lo;
  FieldAt hi;
};

Bounds bounds_fields(const Layout& layout) {
  return {layout.at("g", "stack.lo"), layout.at("g", "stack.hi")};
}

std::optional<StackRef> stack_of(Bounds fields, const MemoryView& memory, const Entity& g) {
  const StackRef s{&g, Addr(memory.load_or_zero(g.addr + fields.lo)),
                   Addr(memory.load_or_zero(g.addr + fields.hi))};
  if (g.kind != Entity::Kind::g || !bounds_a_stack(s.lo, s.hi)) return std::nullopt;
  return s;
}

template <class Wanted>
std::optional<StackRef> first(const std::vector<StackRef>& stacks, Wanted wanted) {
  const auto found = std::find_if(stacks.begin(), stacks.end(), wanted);
  return found == stacks.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

bool bounds_a_stack(Addr lo, Addr hi) {
  constexpr std::uint64_t kEndOfProcess = std::uint64_t{1} << 47;
  return !lo.is_nil() && lo < hi && hi.value() <= kEndOfProcess;
}

int StackMap::overlaps_at(Map::const_iterator at) const {
  const auto next = std::next(at);
  const bool above = next != stacks_.end() && next->first.lo < at->second.hi;
  const bool below = at != stacks_.begin() && std::prev(at)->second.hi > at->first.lo;
  return (above ? 1 : 0) + (below ? 1 : 0);
}

void StackMap::put(const Key& key, Addr hi, Addr g) {
  const auto [at, is_new] = stacks_.try_emplace(key, Rest{hi, g});
  if (!is_new) return;
  overlaps_ += overlaps_at(at);
  const auto next = std::next(at);
  if (at == stacks_.begin() || next == stacks_.end()) return;
  if (next->first.lo < std::prev(at)->second.hi) --overlaps_;
}

void StackMap::take(const Key& key, Addr g) {
  const auto at = stacks_.find(key);
  if (at == stacks_.end() || at->second.g != g) return;
  overlaps_ -= overlaps_at(at);
  const auto next = stacks_.erase(at);
  if (next == stacks_.begin() || next == stacks_.end()) return;
  if (next->first.lo < std::prev(next)->second.hi) ++overlaps_;
}

void StackMap::clear() {
  stacks_.clear();
  overlaps_ = 0;
}

std::optional<StackMap::Stack> StackMap::with_sp(Addr sp) const {
  const auto after = stacks_.lower_bound({sp, kFirst});
  if (after != stacks_.begin() && sp <= std::prev(after)->second.hi) return stack(std::prev(after));
  return from(sp);
}

std::optional<StackMap::Stack> StackMap::with_word(Addr addr) const {
  const auto after = stacks_.upper_bound({addr, kLast});
  if (after == stacks_.begin() || addr >= std::prev(after)->second.hi) return std::nullopt;
  return stack(std::prev(after));
}

std::optional<StackMap::Stack> StackMap::from(Addr lo) const {
  const auto found = stacks_.lower_bound({lo, kFirst});
  if (found == stacks_.end() || found->first.lo != lo) return std::nullopt;
  return stack(found);
}

std::optional<StackMap::Stack> StackMap::overlapping(const Key& key) const {
  const auto at = stacks_.find(key);
  if (at == stacks_.end()) return std::nullopt;
  if (const auto above = std::next(at); above != stacks_.end() && above->first.lo < at->second.hi) {
    return stack(above);
  }
  if (at != stacks_.begin() && std::prev(at)->second.hi > at->first.lo) return stack(std::prev(at));
  return std::nullopt;
}

std::optional<StackRef> stack_of(const Layout& layout, const MemoryView& memory, const Entity& g) {
  return stack_of(bounds_fields(layout), memory, g);
}

std::vector<StackRef> stacks(const Layout& layout, const MemoryView& memory, const Entities& entities) {
  std::vector<StackRef> out;
  const Bounds fields = bounds_fields(layout);
  for (const Entity& e : entities.all()) {
    if (e.kind != Entity::Kind::g) continue;
    if (const auto s = stack_of(fields, memory, e)) out.push_back(*s);
  }
  return out;
}

std::optional<StackRef> stack_with_sp(const std::vector<StackRef>& stacks, Addr sp) {
  if (const auto s = first(stacks, [sp](const StackRef& one) { return one.holds_sp(sp) && one.lo != sp; }))
    return s;
  return first(stacks, [sp](const StackRef& s) { return s.lo == sp; });
}

std::optional<StackRef> stack_with_word(const std::vector<StackRef>& stacks, Addr addr) {
  return first(stacks, [addr](const StackRef& s) { return s.holds_word(addr); });
}

std::optional<StackRef> stack_with_sp(const Layout& layout, const MemoryView& memory,
                                      const Entities& entities, Addr sp) {
  return stack_with_sp(stacks(layout, memory, entities), sp);
}

}  // namespace gogoscope
