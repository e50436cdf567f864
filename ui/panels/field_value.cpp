#include "ui/panels/field_value.h"

#include "emu/layout/status.h"
#include "emu/layout/types.h"
#include "ui/draw.h"

namespace gogoscope {

FieldValue field_value(const Names& names, const FieldKind& kind, std::uint64_t number) {
  FieldValue value;
  value.number = number;
  const bool g_status = kind.struct_name == "g" && kind.field == "atomicstatus";
  const bool p_status = kind.struct_name == "p" && kind.field == "status";
  if (g_status || p_status) {
    value.word = g_status ? g_status_word(number) : p_status_word(number);
    value.also = std::to_string(number);
    return value;
  }
  if (kind.type == "waitReason") {
    value.word = wait_reason(number);
    if (value.word.empty()) {
      value.word = std::to_string(number);
    } else {
      value.also = std::to_string(number);
    }
    return value;
  }
  switch (value_kind(kind.type)) {
    case ValueKind::boolean:
      value.word = number == 0 ? "false" : number == 1 ? "true" : "true (" + std::to_string(number) + ")";
      return value;
    case ValueKind::integer:
      value.word = std::to_string(sign_extend(number, kind.size));
      return value;
    case ValueKind::natural:
      value.word = std::to_string(number);
      return value;
    case ValueKind::pointer:
    case ValueKind::aggregate:
      break;
  }
  value.pointer = true;
  // That stack.hi is the end of a stack, its name says already.
  const bool bound = kind.struct_name == "g" && (kind.field == "stack.lo" || kind.field == "stack.hi");
  if (!bound) value.word = names.meaning(number);
  if (number == 0 && !pointee(kind.type).empty()) value.word = "nil";
  return value;
}

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
