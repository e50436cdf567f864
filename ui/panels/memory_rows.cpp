#include "ui/panels/memory_rows.h"

#include <algorithm>

#include "emu/layout/types.h"

namespace gogoscope {
namespace {

constexpr std::uint32_t kWord = 8;

}  // namespace

std::vector<MemoryRows::Piece> MemoryRows::pieces_of(const Layout& layout, const StructLayout& of) {
  std::vector<Piece> pieces;
  std::uint32_t at = 0;
  const auto fill = [&](std::uint32_t end, std::uint32_t step, const Field* field) {
    while (at < end) {
      // Rows of words stay at multiples of 8, as everywhere.
      const std::uint32_t to_boundary = step - at % step;
      const std::uint32_t size = std::min(to_boundary, end - at);
      pieces.push_back({at, static_cast<std::uint8_t>(size), field});
      at += size;
    }
  };
  for (const Field& field : of.fields) {
    if (!field.leaf || field.size == 0 || field.offset < at) continue;
    fill(field.offset, kWord, nullptr);
    std::uint32_t step = std::min(field.size, kWord);
    if (const auto array = array_type(field.type)) {
      const auto element = type_size(layout, array->element);
      if (element && *element > 0 && *element < kWord) step = static_cast<std::uint32_t>(*element);
    }
    fill(field.offset + field.size, step, &field);
  }
  fill(of.size, kWord, nullptr);
  return pieces;
}

void MemoryRows::add(Addr begin, Addr end, const Region* region, const Entity* entity) {
  if (begin >= end) return;
  stretches_.push_back({size_, begin, end, region, entity});
  if (region == nullptr) {
    size_ += 1;
  } else if (entity != nullptr) {
    size_ += pieces(*entity).size();
  } else {
    size_ += static_cast<std::size_t>((end - begin + kWord - 1) / kWord);
  }
}

MemoryRows::MemoryRows(const AddressMap& map, const Layout& layout, const Entities& entities) {
  for (const Entity::Kind kind : {Entity::Kind::g, Entity::Kind::m, Entity::Kind::p, Entity::Kind::sched}) {
    if (const StructLayout* of = layout.find(struct_name(kind))) {
      pieces_[static_cast<std::size_t>(kind)] = pieces_of(layout, *of);
    }
  }
  std::vector<const Entity*> structs;
  for (const Entity& entity : entities.all()) {
    if (!pieces(entity).empty()) structs.push_back(&entity);
  }
  std::sort(structs.begin(), structs.end(),
            [](const Entity* a, const Entity* b) { return a->addr < b->addr; });
  std::vector<const Region*> regions;
  for (const Region& region : map.regions()) regions.push_back(&region);
  std::sort(regions.begin(), regions.end(),
            [](const Region* a, const Region* b) { return a->base < b->base; });

  auto next = structs.begin();
  Addr at;
  for (const Region* region : regions) {
    if (!stretches_.empty()) add(at, region->base, nullptr, nullptr);
    at = region->base;
    for (; next != structs.end() && (*next)->addr < region->end(); ++next) {
      const Piece& last = pieces(**next).back();
      const std::uint64_t size = last.offset + last.size;
      // A corrupted guest may name structs that overlap, or are at odd addresses: those stay words.
      const bool sound =
          (*next)->addr >= at && (*next)->addr.value() % kWord == 0 && region->contains((*next)->addr, size);
      if (!sound) continue;
      add(at, (*next)->addr, region, nullptr);
      at = (*next)->addr + static_cast<std::int64_t>(size);
      add((*next)->addr, at, region, *next);
    }
    add(at, region->end(), region, nullptr);
    at = region->end();
  }
}

MemoryRow MemoryRows::at(std::size_t row) const {
  const auto after = std::upper_bound(stretches_.begin(), stretches_.end(), row,
                                      [](std::size_t r, const Stretch& s) { return r < s.first_row; });
  const Stretch& in = *std::prev(after);
  const std::size_t index = row - in.first_row;
  MemoryRow out;
  out.region = in.region;
  out.entity = in.entity;
  out.addr = in.begin;
  if (in.region == nullptr) {
    out.size = 0;
    out.hole_end = in.end;
  } else if (in.entity != nullptr) {
    const Piece& piece = pieces(*in.entity)[index];
    out.addr = in.begin + piece.offset;
    out.size = piece.size;
    out.field = piece.field;
    out.first_of_entity = index == 0;
  } else {
    out.addr = in.begin + static_cast<std::int64_t>(index * kWord);
    out.size = static_cast<std::uint8_t>(std::min<std::int64_t>(kWord, in.end - out.addr));
  }
  return out;
}

std::size_t MemoryRows::row_of(Addr addr) const {
  const auto after = std::upper_bound(stretches_.begin(), stretches_.end(), addr,
                                      [](Addr a, const Stretch& s) { return a < s.begin; });
  if (after == stretches_.begin()) return 0;
  const Stretch& in = *std::prev(after);
  if (addr >= in.end) return size_ - 1;
  const auto offset = static_cast<std::uint32_t>(addr - in.begin);
  if (in.region == nullptr) return in.first_row;
  if (in.entity == nullptr) return in.first_row + offset / kWord;
  const std::vector<Piece>& of = pieces(*in.entity);
  const auto piece = std::upper_bound(of.begin(), of.end(), offset,
                                      [](std::uint32_t o, const Piece& p) { return o < p.offset; });
  return in.first_row + static_cast<std::size_t>(piece - of.begin()) - 1;
}

}  // namespace gogoscope
