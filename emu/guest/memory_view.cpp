#include "emu/guest/memory_view.h"

#include <array>
#include <cstring>

namespace gogoscope {

std::optional<std::uint64_t> MemoryView::load(Addr addr, int size) const {
  std::array<std::byte, 8> bytes{};
  if (size < 1 || size > static_cast<int>(bytes.size())) return std::nullopt;
  if (!read(addr, std::span(bytes).first(static_cast<std::size_t>(size)))) return std::nullopt;
  std::uint64_t value = 0;
  std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

}  // namespace gogoscope
