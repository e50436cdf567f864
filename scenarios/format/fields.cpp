#include "scenarios/format/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "asm/text/ascii.h"
#include "asm/text/near.h"
#include "asm/text/printable.h"
#include "emu/layout/describe.h"
#include "emu/layout/types.h"

namespace gogoscope {
namespace {

ValueStyle style_of(const Field& field, std::string_view type, std::string_view struct_name) {
  if (struct_name == "g" && field.name == "atomicstatus") return ValueStyle::g_status;
  if (struct_name == "p" && field.name == "status") return ValueStyle::p_status;
  const std::string_view target = pointee(type);
  if (target == "g" || target == "m" || target == "p") return ValueStyle::pointer;
  switch (value_kind(type)) {
    case ValueKind::integer:
      return ValueStyle::signed_decimal;
    case ValueKind::natural:
    case ValueKind::boolean:
      return ValueStyle::decimal;
    default:
      return ValueStyle::hex;
  }
}

Message unknown_field(std::string_view object, std::string_view path, const StructLayout& layout) {
  std::vector<std::string_view> known;
  // "status" is meant as atomicstatus: further away than a slip of the finger, but the same word.
  std::vector<std::string_view> longer;
  for (const Field& field : layout.fields) {
    known.push_back(field.name);
    if (path.size() > 3 && field.name.size() > path.size() && field.name.ends_with(path)) {
      longer.push_back(field.name);
    }
  }
  Message hint = did_you_mean(path, known);
  if (hint.empty() && longer.size() == 1) {
    hint = {{"; did you mean {name}?", "；是不是 {name}？"}, {{"name", longer.front()}}};
  }
  return {{"{object} has no field {path}{hint}", "{object} 没有字段 {path}{hint}"},
          {{"object", object}, {"path", in_quotes(path)}, {"hint", hint}}};
}

Message not_a_word(std::string_view name, const Field& field, const StructLayout& layout) {
  std::string parts;
  for (const Field& other : layout.fields) {
    if (other.name.size() > field.name.size() &&
        other.name.compare(0, field.name.size() + 1, field.name + ".") == 0) {
      parts += (parts.empty() ? "" : ", ") + other.name;
    }
  }
  if (array_type(field.type))
    return {{"{name} is an array: name one of its elements, such as {name}[0]",
             "{name} 是数组：请写它的一个元素，例如 {name}[0]"},
            {{"name", name}}};
  if (parts.empty())
    return {{"{name} is a struct: name one of its fields", "{name} 是结构体：请写它的一个字段"},
            {{"name", name}}};
  return {
      {"{name} is a struct: name one of its fields: {parts}", "{name} 是结构体：请写它的一个字段：{parts}"},
      {{"name", name}, {"parts", parts}}};
}

}  // namespace

std::optional<std::string_view> struct_of_object(std::string_view name) {
  if (name == "sched") return "schedt";
  if (name == "g0") return "g";
  if (name.size() < 2) return std::nullopt;
  const std::size_t dot = name.find('.');
  if (dot != std::string_view::npos) {
    const std::string_view rest = name.substr(dot + 1);
    const bool system =
        name[0] == 'm' && is_number(name.substr(1, dot - 1)) && (rest == "g0" || rest == "gsignal");
    return system ? std::optional<std::string_view>("g") : std::nullopt;
  }
  if (!is_number(name.substr(1))) return std::nullopt;
  if (name[0] == 'g') return "g";
  if (name[0] == 'm') return "m";
  if (name[0] == 'p') return "p";
  return std::nullopt;
}

namespace {

using Parsed = std::variant<FieldName, Message>;

Parsed field_of_object(std::string_view name, std::string_view object, std::string_view kind,
                       const Layout& layout);

}  // namespace

std::optional<std::variant<FieldName, Message>> parse_field(std::string_view name, const Layout& layout) {
  // "m0.g0.stack.hi" is a field of the g that m0.g0 names; "m0.g0" alone is an object, not a field.
  std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::size_t next = name.find('.', dot + 1);
  if (next != std::string_view::npos && struct_of_object(name.substr(0, next))) dot = next;
  const std::optional<std::string_view> kind = struct_of_object(name.substr(0, dot));
  if (!kind || layout.find(*kind) == nullptr) return std::nullopt;
  return field_of_object(name, name.substr(0, dot), *kind, layout);
}

Parsed parse_field_of(std::string_view goroutine, std::string_view name, const Layout& layout,
                      std::string_view kind) {
  return field_of_object(name, goroutine, kind, layout);
}

namespace {

Parsed field_of_object(std::string_view name, std::string_view object, std::string_view kind,
                       const Layout& layout) {
  FieldName out;
  out.name = std::string(name);
  out.object = std::string(object);
  std::string_view path = name.substr(object.size() + 1);
  std::optional<std::string_view> index;
  if (!path.empty() && path.back() == ']') {
    const std::size_t bracket = path.find('[');
    index = path.substr(bracket + 1, path.size() - bracket - 2);
    path = path.substr(0, bracket);
  }
  const StructLayout* layout_of_object = layout.find(kind);
  out.field = layout_of_object->find(path);
  // Pointers to g, m, p are followed: m0.curg.goid.
  for (std::size_t end = path.find('.'); out.field == nullptr && end != std::string_view::npos;) {
    const Field* pointer = layout_of_object->find(path.substr(0, end));
    const StructLayout* next_struct = pointer == nullptr ? nullptr : layout.find(pointee(pointer->type));
    if (next_struct == nullptr) {
      end = path.find('.', end + 1);
      continue;
    }
    layout_of_object = next_struct;
    path.remove_prefix(end + 1);
    out.field = layout_of_object->find(path);
    end = path.find('.');
  }
  if (out.field == nullptr) return unknown_field(out.object, path, *layout_of_object);

  std::string_view type = out.field->type;
  out.size = out.field->size;
  if (index) {
    const std::optional<ArrayType> array = array_type(type);
    const std::optional<std::uint64_t> size = array ? type_size(layout, array->element) : std::nullopt;
    if (!array || !size)
      return Message({"{object}.{path} is not an array", "{object}.{path} 不是数组"},
                     {{"object", out.object}, {"path", path}});
    std::uint64_t at = array->count;
    if (is_number(*index)) at = std::stoull(std::string(*index));
    if (at >= array->count)
      return Message({"{object}.{path} has the elements 0 to {last}", "{object}.{path} 的元素是 0 到 {last}"},
                     {{"object", out.object}, {"path", path}, {"last", array->count - 1}});
    out.size = static_cast<std::uint32_t>(*size);
    type = array->element;
  }
  const bool word = out.size == 1 || out.size == 2 || out.size == 4 || out.size == 8;
  const bool plain = index || (out.field->leaf && value_kind(type) != ValueKind::aggregate);
  if (!word || !plain) return not_a_word(name, *out.field, *layout_of_object);
  out.style = style_of(*out.field, type, layout_of_object->name);
  return out;
}

}  // namespace

Message not_there(std::string_view object) {
  return {{"there is no {object} at this moment", "此刻没有 {object}"}, {{"object", object}}};
}

std::variant<FieldPlace, Message> locate(const FieldName& field, const Names& names) {
  if (names.entities().find(field.object) == nullptr) return not_there(field.object);
  const std::optional<FieldRef> found = names.find_field(field.name);
  if (!found) {
    return Message({"{field} does not exist at this moment: a pointer on the way is nil",
                    "此刻 {field} 不存在：途中有一个指针是 nil"},
                   {{"field", field.name}});
  }
  return FieldPlace{found->addr, field.size};
}

std::string show_value(std::uint64_t value, ValueStyle style, const Guest& guest, const StateView& state) {
  switch (style) {
    case ValueStyle::hex:
      return fmt::format("{:#x}", value);
    case ValueStyle::decimal:
      return fmt::format("{}", value);
    case ValueStyle::signed_decimal:
      return fmt::format("{}", static_cast<std::int64_t>(value));
    case ValueStyle::g_status:
      return fmt::format("{} ({})", g_status_word(value), value);
    case ValueStyle::p_status:
      return fmt::format("{} ({})", p_status_word(value), value);
    case ValueStyle::pointer: {
      if (value == 0) return "nil";
      const Entities entities(guest, state);
      for (const Entity& entity : entities.all()) {
        if (entity.addr.value() == value) return entity.name;
      }
      return fmt::format("{:#x}", value);
    }
  }
  return "";
}

std::string write_value(std::uint64_t value, ValueStyle style, const Guest& guest, const StateView& state) {
  if (style == ValueStyle::g_status) return g_status_word(value);
  if (style == ValueStyle::p_status) return p_status_word(value);
  return show_value(value, style, guest, state);
}

namespace {

std::string_view without_prefix(std::string_view word, char kind) {
  if (word.starts_with('_')) word.remove_prefix(1);
  if (word.starts_with(kind)) word.remove_prefix(1);
  return word;
}

}  // namespace

Message near_g_status(std::string_view word) {
  return did_you_mean(without_prefix(word, 'G'), {"idle", "runnable", "running", "syscall", "waiting", "dead",
                                                  "copystack", "preempted"});
}

Message near_p_status(std::string_view word) {
  return did_you_mean(without_prefix(word, 'P'), {"idle", "running", "syscall", "gcstop", "dead"});
}

}  // namespace gogoscope
