#include "emu/session/assignment.h"

#include <fmt/format.h>

#include <bit>
#include <optional>

#include "emu/layout/describe.h"

namespace gogoscope {
namespace {

/// What the name of a g, m, p, function or data symbol is worth.
std::optional<std::uint64_t> value_of(const std::string& name, const Guest& guest, const Names& names) {
  if (const Entity* entity = names.entities().find(name)) return entity->addr.value();
  if (const Function* function = guest.code.function(name)) return function->entry.value();
  if (const DataSymbol* symbol = guest.code.data(name)) return symbol->addr.value();
  return std::nullopt;
}

bool fits(std::uint64_t value, std::uint32_t bytes) {
  if (bytes >= 8) return true;
  const unsigned bits = bytes * 8;
  const auto sign = static_cast<std::int64_t>(value) >> (bits - 1);
  return value >> bits == 0 || sign == -1;
}

std::string text_of(const std::variant<std::uint64_t, std::string>& value) {
  if (const auto* const name = std::get_if<std::string>(&value)) return *name;
  return fmt::format("{:#x}", std::get<std::uint64_t>(value));
}

}  // namespace

std::variant<Edit, Message> resolve(const Assignment& assignment, const Guest& guest,
                                    const StateView& state) {
  const Names names(guest, state);
  std::optional<std::uint64_t> value;
  if (const auto* const number = std::get_if<std::uint64_t>(&assignment.value)) {
    value = *number;
  } else {
    value = value_of(std::get<std::string>(assignment.value), guest, names);
  }
  if (!value) {
    return Message({"'{text}' is neither a number nor the name of a g, m, p or symbol",
                    "“{text}”不是数，也不是 g、m、p 或符号的名字"},
                   {{"text", text_of(assignment.value)}});
  }
  if (const Reg* const reg = std::get_if<Reg>(&assignment.target)) return RegisterEdit{*reg, *value};
  const std::string& path = std::get<FieldPath>(assignment.target).text;
  const auto field = names.find_field(path);
  if (!field) {
    return Message({"there is no register or field {name} at this moment", "此刻没有寄存器或字段 {name}"},
                   {{"name", path}});
  }
  if (field->size > 8 || !std::has_single_bit(field->size)) {
    return Message({"{name} takes {size} bytes: only fields of 1, 2, 4 or 8 bytes can be changed",
                    "{name} 占 {size} 字节：只能修改 1、2、4 或 8 字节的字段"},
                   {{"name", path}, {"size", field->size}});
  }
  if (!fits(*value, field->size)) {
    return Message({"{value} does not fit the {size} bytes of {name}", "{name} 的 {size} 字节放不下 {value}"},
                   {{"value", text_of(assignment.value)}, {"size", field->size}, {"name", path}});
  }
  return MemoryEdit{field->addr, static_cast<int>(field->size), *value};
}

}  // namespace gogoscope
