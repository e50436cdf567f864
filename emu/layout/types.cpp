#include "emu/layout/types.h"

#include "emu/layout/layout.h"

namespace gogoscope {
namespace {

struct Basic {
  std::string_view name;
  ValueKind kind;
  std::uint64_t size;
};

constexpr Basic kBasics[] = {
    {"bool", ValueKind::boolean, 1},        {"int", ValueKind::integer, 8},
    {"int8", ValueKind::integer, 1},        {"int16", ValueKind::integer, 2},
    {"int32", ValueKind::integer, 4},       {"int64", ValueKind::integer, 8},
    {"uint", ValueKind::natural, 8},        {"uint8", ValueKind::natural, 1},
    {"byte", ValueKind::natural, 1},        {"uint16", ValueKind::natural, 2},
    {"uint32", ValueKind::natural, 4},      {"uint64", ValueKind::natural, 8},
    {"waitReason", ValueKind::natural, 1},  {"gcMarkWorkerMode", ValueKind::integer, 8},
    {"uintptr", ValueKind::pointer, 8},     {"unsafe.Pointer", ValueKind::pointer, 8},
    {"guintptr", ValueKind::pointer, 8},    {"muintptr", ValueKind::pointer, 8},
    {"puintptr", ValueKind::pointer, 8},    {"traceBufPtr", ValueKind::pointer, 8},
    {"sys.Uintreg", ValueKind::pointer, 8}, {"mutex", ValueKind::pointer, 8},  // one word, its key
    {"note", ValueKind::pointer, 8},                                           // the same
    {"string", ValueKind::aggregate, 16},
};

const Basic* basic(std::string_view type) {
  for (const Basic& b : kBasics) {
    if (b.name == type) return &b;
  }
  return nullptr;
}

bool is_pointer(std::string_view type) { return type.starts_with("*") || type.starts_with("func("); }

}  // namespace

ValueKind value_kind(std::string_view type) {
  if (const Basic* b = basic(type)) return b->kind;
  return is_pointer(type) ? ValueKind::pointer : ValueKind::aggregate;
}

std::optional<std::uint64_t> type_size(const Layout& layout, std::string_view type) {
  if (const Basic* b = basic(type)) return b->size;
  if (is_pointer(type)) return 8;
  if (type.starts_with("[]")) return 24;
  if (const auto array = array_type(type)) {
    const auto element = type_size(layout, array->element);
    if (!element || (*element != 0 && array->count > UINT32_MAX / *element)) return std::nullopt;
    return array->count * *element;
  }
  if (const StructLayout* s = layout.find(type)) return s->size;
  return std::nullopt;
}

std::string_view pointee(std::string_view type) {
  if (type.starts_with("*")) return type.substr(1);
  if (type == "guintptr") return "g";
  if (type == "muintptr") return "m";
  if (type == "puintptr") return "p";
  return {};
}

std::string_view slice_element(std::string_view type) {
  return type.starts_with("[]") ? type.substr(2) : std::string_view{};
}

std::optional<ArrayType> array_type(std::string_view type) {
  if (!type.starts_with("[")) return std::nullopt;
  const auto close = type.find(']');
  if (close == std::string_view::npos || close < 2 || close > 8) return std::nullopt;
  std::uint64_t count = 0;
  for (const char c : type.substr(1, close - 1)) {
    if (c < '0' || c > '9') return std::nullopt;
    count = count * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return ArrayType{count, type.substr(close + 1)};
}

std::int64_t sign_extend(std::uint64_t value, std::uint32_t size) {
  if (size == 0 || size >= 8) return static_cast<std::int64_t>(value);
  const unsigned unused = 64 - size * 8;
  return static_cast<std::int64_t>(value << unused) >> unused;
}

}  // namespace gogoscope
