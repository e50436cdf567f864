// How one step is stored in memory. Little-endian, all values XORs of old and new:
//
//   leader    1 byte     length of header, registers and stores; 255: a 4-byte length follows
//   header    1 byte     number of registers (5 bits) | number of stores (3 bits; 7: a 4-byte count follows)
//   register  1 byte     Reg (5 bits) | bytes - 1 (3 bits), then 1 to 8 bytes
//   store     1 byte     log2 of its size (2 bits) | bytes (4 bits) | wide (1 bit), then the image offset
//                        (3 bytes, 4 if wide), then 0 to 8 bytes: a store of an equal value has none
//   trailer   1 byte     the length again; 255: a 4-byte length precedes it
//
// A step that hands the turn to another thread is a store of 4 bytes at AddressMap::kThreadOffset; it
// changes no register of its own, so it does not matter whose registers would be meant. What a clone puts
// into the registers of a thread that does not move yet are stores, too, into its register file; and so is
// what becomes mapped, at the region's hole_offset.
//
// XOR makes applying and undoing the same operation. The length is at both ends so that a walk in either
// direction knows where the next record starts before it has read this one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>

#include "emu/guest/image.h"

namespace gogoscope::delta {

inline constexpr std::uint32_t kManyStores = 7;
inline constexpr std::uint8_t kLongRecord = 255;
/// Bytes that must be readable after a record: entries are read 8 at a time.
inline constexpr std::size_t kSlack = 8;

inline constexpr std::uint64_t kMask[9] = {0,
                                           0xff,
                                           0xffff,
                                           0xffffff,
                                           0xffffffff,
                                           0xffffffff'ff,
                                           0xffffffff'ffff,
                                           0xffffffff'ffffff,
                                           ~std::uint64_t{0}};

inline std::uint64_t load8(const void* p) {
  std::uint64_t v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
inline std::uint32_t load4(const void* p) {
  std::uint32_t v;
  std::memcpy(&v, p, sizeof v);
  return v;
}

/// Bytes needed for the low end of x: 0 for 0, 8 for the largest.
inline unsigned significant_bytes(std::uint64_t x) {
  return x == 0 ? 0U : (71U - static_cast<unsigned>(__builtin_clzll(x))) / 8U;
}

/// Bytes of a leader or a trailer, and of a record with both, for `length` bytes of contents.
inline constexpr std::uint64_t mark_size(std::uint64_t length) { return length < kLongRecord ? 1 : 5; }
inline constexpr std::uint64_t record_size(std::uint64_t length) { return length + 2 * mark_size(length); }

/// Where the record after the one at `record` starts.
inline const std::uint8_t* after(const std::uint8_t* record) {
  return record + record_size(*record == kLongRecord ? load4(record + 1) : *record);
}

/// Where the record that ends just before `end` starts.
inline const std::uint8_t* start_of_last(const std::uint8_t* end) {
  return end - record_size(end[-1] == kLongRecord ? load4(end - 5) : end[-1]);
}

/// Walks one record: on_register(reg, xor), on_store(image offset, size, xor).
template <class OnRegister, class OnStore>
inline void visit(const std::uint8_t* record, OnRegister&& on_register, OnStore&& on_store) {
  const std::uint8_t* p = record + (*record == kLongRecord ? 5 : 1);
  const std::uint8_t header = *p++;
  unsigned registers = header & 31U;
  std::uint32_t stores = header >> 5U;
  if (stores == kManyStores) {
    stores = load4(p);
    p += 4;
  }
  for (; registers > 0; --registers) {
    const std::uint8_t head = *p++;
    const unsigned bytes = (head >> 5U) + 1U;
    on_register(head & 31U, load8(p) & kMask[bytes]);
    p += bytes;
  }
  for (; stores > 0; --stores) {
    const std::uint8_t head = *p++;
    const unsigned address_bytes = head & 0x40U ? 4U : 3U;
    const auto offset = static_cast<std::uint32_t>(load4(p) & kMask[address_bytes]);
    p += address_bytes;
    const unsigned bytes = (head >> 2U) & 15U;
    on_store(offset, 1U << (head & 3U), load8(p) & kMask[bytes]);
    p += bytes;
  }
}

/// Applies a record to an image, or takes it back.
inline void apply(const std::uint8_t* record, Image& image) {
  visit(
      record, [&image](unsigned reg, std::uint64_t x) { image.apply(reg, x); },
      [&image](std::uint32_t offset, unsigned size, std::uint64_t x) { image.apply(offset, size, x); });
}

/// Bytes of the record at `p`, leader and trailer included, if it is sound: it ends before `end`, names only
/// registers that exist, and stores inside an image of `image_size` bytes. For records that come from a file.
std::optional<std::uint64_t> checked_size(const std::uint8_t* p, const std::uint8_t* end,
                                          std::uint64_t image_size);

}  // namespace gogoscope::delta
