#include "emu/layout/stacks.h"

namespace gogoscope {
namespace {

struct Bounds {
  std::uint32_t lo;
  std::uint32_t hi;
};

Bounds bounds_fields(const Layout& layout) {
  return {layout.field("g", "stack.lo").offset, layout.field("g", "stack.hi").offset};
}

std::optional<StackRef> stack_of(Bounds fields, const MemoryView& memory, const Entity& g) {
  const StackRef s{&g, Addr(memory.load_or_zero(g.addr + fields.lo)),
                   Addr(memory.load_or_zero(g.addr + fields.hi))};
  if (g.kind != Entity::Kind::g || s.lo.is_nil() || s.lo >= s.hi) return std::nullopt;
  return s;
}

template <class Wanted>
std::optional<StackRef> first(const Layout& layout, const MemoryView& memory, const Entities& entities,
                              Wanted wanted) {
  const Bounds fields = bounds_fields(layout);
  for (const Entity& e : entities.all()) {
    if (e.kind != Entity::Kind::g) continue;
    const auto s = stack_of(fields, memory, e);
    if (s && wanted(*s)) return s;
  }
  return std::nullopt;
}

}  // namespace

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

std::optional<StackRef> stack_with_sp(const Layout& layout, const MemoryView& memory,
                                      const Entities& entities, Addr sp) {
  return first(layout, memory, entities, [sp](const StackRef& s) { return s.holds_sp(sp); });
}

std::optional<StackRef> stack_with_word(const Layout& layout, const MemoryView& memory,
                                        const Entities& entities, Addr addr) {
  return first(layout, memory, entities, [addr](const StackRef& s) { return s.holds_word(addr); });
}

}  // namespace gogoscope
