#include "emu/guest/mappings.h"

#include <algorithm>

namespace gogoscope {

bool covered(std::span<const Mapping> mappings, Addr addr, std::uint64_t bytes, std::uint32_t rights) {
  const Addr end = addr + static_cast<std::int64_t>(bytes);
  if (end < addr) return false;
  auto row = std::upper_bound(mappings.begin(), mappings.end(), addr,
                              [](Addr a, const Mapping& m) { return a < m.start; });
  if (row == mappings.begin()) return false;
  for (--row; row != mappings.end() && row->start <= addr && addr < row->end; ++row) {
    if ((row->rights & rights) != rights) return false;
    if (end <= row->end) return true;
    addr = row->end;
  }
  return false;
}

std::optional<MappingTable> MappingTable::of(const Guest& guest) {
  const DataSymbol* const table = guest.code.data("kernel.mappings");
  if (table == nullptr || table->size < kSize) return std::nullopt;
  return MappingTable(table->addr);
}

std::vector<Mapping> MappingTable::read(const MemoryView& memory) const {
  const std::uint64_t count = std::min(memory.load_or_zero(table_), kRows);
  std::vector<std::uint64_t> words(count * kRowSize / 8);
  std::vector<Mapping> out;
  if (words.empty() || !memory.read(table_ + 8, std::as_writable_bytes(std::span(words)))) return out;
  out.reserve(count);
  Addr last;
  for (std::size_t i = 0; i < words.size(); i += 3) {
    const Mapping row{Addr(words[i]), Addr(words[i + 1]), static_cast<std::uint32_t>(words[i + 2])};
    const bool whole = (row.start.value() | row.end.value()) % AddressMap::kPage == 0;
    if (!whole || row.start < last || row.end <= row.start) continue;
    last = row.end;
    out.push_back(row);
  }
  return out;
}

std::vector<std::uint64_t> MappingTable::words(std::span<const Mapping> mappings) {
  std::vector<std::uint64_t> out{mappings.size()};
  for (const Mapping& row : mappings) {
    out.insert(out.end(), {row.start.value(), row.end.value(), row.rights});
  }
  return out;
}

}  // namespace gogoscope
