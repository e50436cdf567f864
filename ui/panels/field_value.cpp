#include "ui/panels/field_value.h"

#include "ui/draw.h"

namespace gogoscope {

std::string short_value(const FieldValue& value) {
  if (!value.pointer) return value.word;
  // A name that is a sentence is longer than the digits, and says less.
  const bool name = !value.word.empty() && value.word.find(' ') == std::string::npos;
  return name ? std::string(short_function_name(value.word)) : draw::hex_short(value.number);
}

std::uint64_t value_before(const View& view, Addr addr, std::uint32_t size, std::uint64_t now) {
  if (!view.executed) return now;
  // Undone from the last store to the first; a store may touch only a part of the field.
  const auto& stores = view.executed->stores;
  for (auto store = stores.rbegin(); store != stores.rend(); ++store) {
    for (std::uint32_t i = 0; i < store->size; ++i) {
      const std::int64_t at = store->addr + i - addr;
      if (at < 0 || at >= static_cast<std::int64_t>(size) || at >= 8) continue;
      const std::uint64_t byte = (store->old_value >> (8 * i)) & 0xFF;
      now = (now & ~(std::uint64_t{0xFF} << (8 * at))) | (byte << (8 * at));
    }
  }
  return now;
}

}  // namespace gogoscope
