#include "emu/session/views/field_value.h"

#include "emu/layout/status.h"
#include "emu/layout/types.h"

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
    value.word = names.wait_reason(number);
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

}  // namespace gogoscope
