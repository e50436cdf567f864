// All mapped memory as rows, found by arithmetic: one for each field where a struct is, one for each word
// of 8 bytes elsewhere, one for each hole between regions.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "emu/layout/describe.h"

namespace gogoscope {

struct MemoryRow {
  Addr addr;
  std::uint8_t size = 8;           ///< bytes, at most 8; 0 for a hole
  const Region* region = nullptr;  ///< null for a hole
  const Entity* entity = nullptr;  ///< whose struct it is in
  const Field* field = nullptr;    ///< null outside of structs and in their padding
  bool first_of_entity = false;
  Addr hole_end;  ///< of a hole: where memory continues
};

/// Cost of making it: a table of each struct once, and a few numbers for each entity; of a look-up: a binary
/// search. The names and the map must outlive it.
class MemoryRows {
 public:
  MemoryRows() = default;
  MemoryRows(const AddressMap& map, const Layout& layout, const Entities& entities);

  std::size_t size() const { return size_; }
  MemoryRow at(std::size_t row) const;
  /// The row that holds the byte, or the hole that it is in, or the nearest end.
  std::size_t row_of(Addr addr) const;

 private:
  struct Piece {
    std::uint32_t offset = 0;
    std::uint8_t size = 0;
    const Field* field = nullptr;
  };
  /// A stretch of one kind.
  struct Stretch {
    std::size_t first_row = 0;
    Addr begin;
    Addr end;
    const Region* region = nullptr;
    const Entity* entity = nullptr;
  };
  static std::vector<Piece> pieces_of(const Layout& layout, const StructLayout& of);
  const std::vector<Piece>& pieces(const Entity& entity) const {
    return pieces_[static_cast<std::size_t>(entity.kind)];
  }
  void add(Addr begin, Addr end, const Region* region, const Entity* entity);

  std::array<std::vector<Piece>, 4> pieces_;  ///< by Entity::Kind
  std::vector<Stretch> stretches_;
  std::size_t size_ = 0;
};

}  // namespace gogoscope
