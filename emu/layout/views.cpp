#include "emu/layout/views.h"

#include <algorithm>

namespace gogoscope {

std::optional<std::uint64_t> load_field(const Layout& layout, const MemoryView& memory,
                                        std::string_view struct_name, Addr base, std::string_view field) {
  const Field* f = layout.find(struct_name, field);
  if (f == nullptr || f->size == 0 || f->size > 8 || (f->size & (f->size - 1)) != 0) return std::nullopt;
  return memory.load(base + f->offset, static_cast<int>(f->size));
}

std::uint64_t StructView::field(std::string_view name) const {
  return load_field(*layout_, *memory_, struct_, base_, name).value_or(0);
}

Addr StructView::field_addr(std::string_view name) const {
  const Field* f = layout_->find(struct_, name);
  return f == nullptr ? Addr() : base_ + f->offset;
}

std::uint32_t PView::runq_length() const { return std::min(runqtail() - runqhead(), kRunqSize); }

Ptr<G> PView::runq_at(std::uint32_t i) const {
  const Addr runq = field_addr("runq");
  const std::uint32_t slot = (runqhead() + i) % kRunqSize;
  return {runq.is_nil() ? Addr() : Addr(memory_->load_or_zero(runq + std::int64_t{slot} * 8))};
}

}  // namespace gogoscope
