#include "emu/layout/views.h"

#include <algorithm>

namespace gogoscope {

std::optional<std::uint64_t> load_field(const Layout& layout, const MemoryView& memory,
                                        std::string_view struct_name, Addr base, std::string_view field) {
  const StructLayout* s = layout.find(struct_name);
  const Field* f = s == nullptr ? nullptr : s->find(field);
  if (f == nullptr || f->size == 0 || f->size > 8 || (f->size & (f->size - 1)) != 0) return std::nullopt;
  return memory.load(base + f->offset, static_cast<int>(f->size));
}

std::uint64_t StructView::field(std::string_view name) const {
  return load_field(*layout_, *memory_, struct_, base_, name).value_or(0);
}

Addr StructView::field_addr(std::string_view name) const {
  return base_ + layout_->field(struct_, name).offset;
}

std::uint32_t PView::runq_length() const { return std::min(runqtail() - runqhead(), kRunqSize); }

Ptr<G> PView::runq_at(std::uint32_t i) const {
  const std::uint32_t slot = (runqhead() + i) % kRunqSize;
  return {Addr(memory_->load_or_zero(field_addr("runq") + std::int64_t{slot} * 8))};
}

}  // namespace gogoscope
