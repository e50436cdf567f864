// What the guest may use of its memory, and how the engine comes to map exactly that. Unicorn gets slow with
// about a thousand mappings, and unmapping costs by the size: so what fits is left as it is, and where there
// are many more pieces than needed all are made anew.
#include <sys/mman.h>

#include <algorithm>

#include "emu/machine/engine.h"

namespace gogoscope {
namespace {

constexpr std::size_t kFewPieces = 64;

static_assert(Mapping::kRead == UC_PROT_READ && Mapping::kWrite == UC_PROT_WRITE &&
              Mapping::kExecute == UC_PROT_EXEC);

/// The part of a mapping that lies in a region; empty where none does.
Mapping cut_to(const Mapping& mapping, const Region& region) {
  const Addr start = std::max(mapping.start, region.base), end = std::min(mapping.end, region.end());
  return {start, std::max(start, end), mapping.rights};
}

bool fits_into(const Mapping& piece, const std::vector<Mapping>& usable) {
  const auto after = std::upper_bound(usable.begin(), usable.end(), piece.start,
                                      [](Addr a, const Mapping& m) { return a < m.start; });
  if (after == usable.begin()) return false;
  const Mapping& row = *std::prev(after);
  return row.rights == piece.rights && piece.end <= row.end;
}

}  // namespace

void Machine::Engine::find_usable() {
  usable_.clear();
  if (mappings_) {
    usable_ = mappings_->read(memory_);
    // A page that may be written can be read: the hardware knows nothing else.
    for (Mapping& row : usable_) row.rights |= row.rights != 0 ? Mapping::kRead : 0;
    return;
  }
  for (const LiveMemory::Block& block : memory_.blocks()) {
    const Region& region = *block.region;
    if (block.mapped == 0) continue;
    usable_.push_back({region.base, region.base + static_cast<std::int64_t>(block.mapped),
                       Mapping::kRead | (region.writable ? Mapping::kWrite : 0) |
                           (region.executable ? Mapping::kExecute : 0)});
  }
  std::ranges::sort(usable_, {}, &Mapping::start);
}

void Machine::Engine::map_memory() {
  mappings_changed_ = false;
  find_usable();
  const bool too_many = pieces_.size() > kFewPieces && pieces_.size() > 2 * usable_.size();
  std::erase_if(pieces_, [&](const Mapping& piece) {
    if (!too_many && fits_into(piece, usable_)) return false;
    must(uc_mem_unmap(uc_, piece.start.value(), static_cast<std::uint64_t>(piece.end - piece.start)),
         "uc_mem_unmap");
    return true;
  });
  std::vector<Mapping> added;
  for (const Mapping& row : usable_) {
    if (row.rights == 0) continue;
    for (const LiveMemory::Block& block : memory_.blocks()) {
      const Mapping part = cut_to(row, *block.region);
      Addr from = part.start;
      // What lies between the pieces that are there.
      auto piece = std::lower_bound(pieces_.begin(), pieces_.end(), part.start,
                                    [](const Mapping& m, Addr a) { return m.start < a; });
      while (from < part.end) {
        const bool last = piece == pieces_.end() || piece->start >= part.end;
        const Addr to = last ? part.end : piece->start;
        if (from < to) {
          must(uc_mem_map_ptr(uc_, from.value(), static_cast<std::uint64_t>(to - from), row.rights,
                              block.at(from)),
               "uc_mem_map_ptr");
          added.push_back({from, to, row.rights});
        }
        from = last ? part.end : (piece++)->end;
      }
    }
  }
  pieces_.insert(pieces_.end(), added.begin(), added.end());
  std::ranges::sort(pieces_, {}, &Mapping::start);
}

void Machine::Engine::read_memory_into(Image& state) const {
  std::array<std::byte, AddressMap::kPage> page{};
  static constexpr std::array<std::byte, AddressMap::kPage> kZeros{};
  for (const LiveMemory::Block& block : memory_.blocks()) {
    const Region& region = *block.region;
    if (block.mapped != region.size) state.set_u64(region.hole_offset, region.size - block.mapped);
    // A page that the system has nowhere has not been touched.
    std::vector<unsigned char> resident(region.size / AddressMap::kPage, 1);
    mincore(block.bytes, region.size, resident.data());
    for (std::uint64_t at = 0; at < block.mapped; at += page.size()) {
      const Addr addr = region.base + static_cast<std::int64_t>(at);
      if (covered(pieces_, addr, page.size(), 0)) {
        must(uc_mem_read(uc_, addr.value(), page.data(), page.size()), "uc_mem_read");
      } else {
        // Not the engine's, such as the memory of the kernel.
        if ((resident[at / page.size()] & 1U) == 0) continue;
        std::copy_n(block.at(addr), page.size(), page.begin());
      }
      if (page != kZeros) state.write(region.image_offset + static_cast<std::uint32_t>(at), page);
    }
  }
}

void Machine::Engine::clear(Addr addr, std::uint64_t bytes) {
  while (bytes > 0) {
    const int size = addr.value() % 8 == 0 && bytes >= 8 ? 8 : 1;
    if (load(addr, size) != 0) store(addr, size, 0);
    if (faulted()) return;
    addr = addr + size;
    bytes -= static_cast<std::uint64_t>(size);
  }
}

}  // namespace gogoscope
