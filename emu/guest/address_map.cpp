#include "emu/guest/address_map.h"

#include <utility>

namespace gogoscope {

void AddressMap::add(std::string name, Addr base, std::uint64_t size, bool writable, bool executable) {
  const auto hole = kHolesOffset + static_cast<std::uint32_t>(regions_.size()) * 8;
  Region region{std::move(name), base, size, writable, executable, regions_end_, hole};
  regions_end_ += static_cast<std::uint32_t>(size);
  regions_.push_back(std::move(region));
}

const Region* AddressMap::find(Addr addr, std::uint64_t bytes) const {
  for (const Region& region : regions_) {
    if (region.contains(addr, bytes)) return &region;
  }
  return nullptr;
}

const Region* AddressMap::find(std::string_view name) const {
  for (const Region& region : regions_) {
    if (region.name == name) return &region;
  }
  return nullptr;
}

std::optional<std::uint32_t> AddressMap::image_offset(Addr addr, std::uint64_t bytes) const {
  const Region* region = find(addr, bytes);
  if (!region) return std::nullopt;
  return region->image_offset + static_cast<std::uint32_t>(addr - region->base);
}

Addr AddressMap::addr_at(std::uint32_t image_offset) const {
  for (const Region& region : regions_) {
    if (image_offset >= region.image_offset && image_offset - region.image_offset < region.size) {
      return region.base + (image_offset - region.image_offset);
    }
  }
  return Addr();
}

}  // namespace gogoscope
