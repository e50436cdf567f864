// What a process has mapped, and with which rights: the table that its kernel keeps at the data symbol
// kernel.mappings. What is not in it does not exist for the process, although a region may have room for it.
// The machine makes the engine's memory follow it; system calls (emu/linux) change it.
//
// A guest without the table, as a lesson, may use all that is mapped of its regions.
//
//   count, 8 bytes | row 0: start, end, rights, 8 bytes each | row 1 | ...      by address, never overlapping
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "emu/guest/guest.h"

namespace gogoscope {

struct Mapping {
  /// Bits of `rights`, as mmap's PROT_ has them. None: reserved, and no access is legal.
  static constexpr std::uint32_t kRead = 1, kWrite = 2, kExecute = 4;

  Addr start, end;  ///< at page boundaries
  std::uint32_t rights = 0;
  bool operator==(const Mapping&) const = default;
};

/// Whether these, which are in the order of addresses, cover all of [addr, addr + bytes) with these rights.
bool covered(std::span<const Mapping> mappings, Addr addr, std::uint64_t bytes, std::uint32_t rights);

class MappingTable {
 public:
  static constexpr std::uint64_t kRows = 1024;
  static constexpr std::uint64_t kRowSize = 24;
  static constexpr std::uint64_t kSize = 8 + kRows * kRowSize;  ///< bytes

  explicit MappingTable(Addr table) : table_(table) {}
  /// Of a guest; nothing if it has no such table.
  static std::optional<MappingTable> of(const Guest& guest);

  /// All rows, in the order of addresses. A damaged row is left out. Cost: that of the rows.
  std::vector<Mapping> read(const MemoryView& memory) const;
  /// The words of a table with these rows, from its start on; there must be kRows at most.
  static std::vector<std::uint64_t> words(std::span<const Mapping> mappings);
  Addr addr() const { return table_; }
  bool holds(Addr addr) const { return addr >= table_ && addr < table_ + static_cast<std::int64_t>(kSize); }

 private:
  Addr table_;
};

}  // namespace gogoscope
