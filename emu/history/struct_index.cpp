#include "emu/history/struct_index.h"

#include <algorithm>

namespace gogoscope {
namespace {

constexpr const char* kSlices[] = {"runtime.allgs", "runtime.allp"};

std::uint64_t length_of(const Guest& guest, const MemoryView& memory, Addr slice, std::string_view element) {
  const std::uint64_t most = guest.map.image_size() / guest.layout->find(element)->size + 1;
  return std::min(memory.load_or_zero(slice + 8), most);
}

}  // namespace

StructIndex::StructIndex(const Guest& guest, const MemoryView& memory)
    : guest_(&guest), layout_(guest.layout) {
  read_everything(memory);
}

void StructIndex::read_everything(const MemoryView& memory) {
  all_.clear();
  by_start_.clear();
  stacks_.clear();
  stack_of_g_.clear();
  roots_.clear();
  const Entities entities(*guest_, memory);
  for (const Entity& entity : entities.all()) add(memory, entity);

  gs_array_ = Addr();
  gs_ = 0;
  for (const char* name : kSlices) {
    const DataSymbol* slice = guest_->code.data(name);
    if (slice == nullptr) continue;
    const Addr array(memory.load_or_zero(slice->addr));
    const std::uint64_t length = length_of(*guest_, memory, slice->addr, name == kSlices[0] ? "g" : "p");
    roots_.emplace_back(slice->addr, slice->addr + 24);
    // An element counts when the length does; allp's may change in place.
    if (name == kSlices[0]) {
      gs_array_ = array;
      gs_ = length;
    } else {
      roots_.emplace_back(array, array + static_cast<std::int64_t>(length * 8));
    }
  }
  if (const DataSymbol* allm = guest_->code.data("runtime.allm"))
    roots_.emplace_back(allm->addr, allm->addr + 8);
}

void StructIndex::add(const MemoryView& memory, const Entity& entity) {
  by_start_.emplace(entity.addr, static_cast<int>(all_.size()));
  all_.push_back(entity);
  if (entity.kind == Entity::Kind::g) read_stack(memory, entity.addr);
}

bool StructIndex::is_root(Addr addr) const {
  return std::any_of(roots_.begin(), roots_.end(),
                     [addr](const auto& range) { return addr >= range.first && addr < range.second; });
}

bool StructIndex::read_again(const MemoryView& memory) {
  const DataSymbol* allgs = guest_->code.data(kSlices[0]);
  const bool grown = allgs != nullptr && gs_ > 0 && Addr(memory.load_or_zero(allgs->addr)) == gs_array_;
  const std::uint64_t length = grown ? length_of(*guest_, memory, allgs->addr, "g") : 0;
  if (length != gs_ + 1) {
    read_everything(memory);
    return true;
  }
  const Addr g(memory.load_or_zero(gs_array_ + static_cast<std::int64_t>(gs_ * 8)));
  const std::string name = "g" + std::to_string(length);
  add(memory, {Entity::Kind::g, g, name, name, false, static_cast<int>(length), false});
  gs_ = length;
  return false;
}

void StructIndex::read_stack(const MemoryView& memory, Addr g) {
  if (const auto old = stack_of_g_.find(g); old != stack_of_g_.end()) {
    const auto entry = stacks_.find(old->second);
    if (entry != stacks_.end() && entry->second.g == g) stacks_.erase(entry);
    stack_of_g_.erase(old);
  }
  const Addr lo(memory.load_or_zero(g + layout_->field("g", "stack.lo").offset));
  const Addr hi(memory.load_or_zero(g + layout_->field("g", "stack.hi").offset));
  if (lo.is_nil() || lo >= hi) return;
  stacks_.insert_or_assign(lo, Stack{g, lo, hi});
  stack_of_g_[g] = lo;
}

int StructIndex::holding(Addr addr) const {
  auto after = by_start_.upper_bound(addr);
  if (after == by_start_.begin()) return -1;
  const auto& [start, index] = *std::prev(after);
  const Entity& entity = all_[static_cast<std::size_t>(index)];
  return addr < start + layout_->find(struct_name(entity.kind))->size ? index : -1;
}

const Entity* StructIndex::g_at(Addr g) const {
  const auto found = by_start_.find(g);
  if (found == by_start_.end()) return nullptr;
  const Entity& entity = all_[static_cast<std::size_t>(found->second)];
  return entity.kind == Entity::Kind::g ? &entity : nullptr;
}

std::optional<StructIndex::Stack> StructIndex::stack_with_sp(Addr sp) const {
  // A full stack has SP == hi of it, which may be lo of the next.
  auto after = stacks_.lower_bound(sp);
  if (after == stacks_.begin()) return std::nullopt;
  const Stack& stack = std::prev(after)->second;
  return stack.holds_sp(sp) ? std::optional(stack) : std::nullopt;
}

GId StructIndex::g_id(Addr g) const {
  if (g.is_nil()) return {};
  const Entity* entity = g_at(g);
  return entity != nullptr ? entity->g_id() : GId{GId::Kind::unknown, 0, false, g};
}

}  // namespace gogoscope
