#include "emu/history/delta.h"

namespace gogoscope::delta {

std::optional<std::uint64_t> checked_size(const std::uint8_t* p, const std::uint8_t* end,
                                          std::uint64_t image_size) {
  auto left = [&] { return static_cast<std::uint64_t>(end - p); };
  if (left() < 1) return std::nullopt;
  const bool is_long = *p == kLongRecord;
  if (is_long && left() < 5) return std::nullopt;
  const std::uint64_t length = is_long ? load4(p + 1) : *p;
  if (length < 1 || is_long != (length >= kLongRecord) || left() < record_size(length)) return std::nullopt;
  p += mark_size(length);
  end = p + length;  // the trailer is there
  const std::uint8_t header = *p++;
  std::uint64_t stores = header >> 5U;
  if (stores == kManyStores) {
    if (left() < 4) return std::nullopt;
    stores = load4(p);
    p += 4;
  }
  for (unsigned n = header & 31U; n > 0; --n) {
    if (left() < 1 || (*p & 31U) >= kRegCount) return std::nullopt;
    const std::uint64_t bytes = (*p >> 5U) + 2U;
    if (left() < bytes) return std::nullopt;
    p += bytes;
  }
  for (; stores > 0; --stores) {
    if (left() < 1) return std::nullopt;
    const std::uint8_t head = *p++;
    const std::uint64_t address_bytes = head & 0x40U ? 4U : 3U;
    const std::uint64_t bytes = (head >> 2U) & 15U;
    if (bytes > 8 || left() < address_bytes + bytes) return std::nullopt;
    const std::uint64_t offset = load4(p) & kMask[address_bytes];
    if (offset + (1U << (head & 3U)) > image_size) return std::nullopt;
    p += address_bytes + bytes;
  }
  const bool sound = p == end && (is_long ? load4(p) == length && p[4] == kLongRecord : *p == length);
  return sound ? std::optional(record_size(length)) : std::nullopt;
}

}  // namespace gogoscope::delta
