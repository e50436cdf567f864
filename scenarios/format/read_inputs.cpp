#include "scenarios/format/read_inputs.h"

#include <fmt/format.h>

#include "scenarios/format/read_quantity.h"

namespace gogoscope {
namespace {

/// The parts that an entry must have, in the order asked for; nothing (and
/// reported) if one is missing.
std::optional<std::vector<const YamlNode *>> parts(const YamlNode &item, const Called &what,
                                                   const Shape &shape, SectionReader &reader) {
  if (!reader.expect_map(item, what, shape)) return std::nullopt;
  std::vector<const YamlNode *> out;
  for (const std::string_view name : shape.key_names()) {
    if (const YamlNode *part = item.find(name)) {
      out.push_back(part);
    } else {
      reader.error(item.mark, {{"this entry has no '{key}'", "这一项没有 '{key}'"}, {{"key", name}}});
    }
  }
  if (out.size() != shape.keys.size()) return std::nullopt;
  return out;
}

}  // namespace

std::optional<Place> read_place(const YamlNode &node, const Called &what, SectionReader &reader) {
  const std::optional<std::string> text = reader.text(node, what);
  if (!text) return std::nullopt;
  auto where = parse_where(*text);
  if (const auto *wrong = std::get_if<Message>(&where)) {
    reader.error(node.mark, *wrong);
    return std::nullopt;
  }
  if (std::get<Where>(where).kind != Where::Kind::place) {
    reader.error(node.mark, {{"{what} must name a place in the code, such as runtime.goexit0#1",
                              "{what} 应为代码中的位置，例如 runtime.goexit0#1"},
                             {{"what", what}}});
    return std::nullopt;
  }
  return std::get<Where>(where).place;
}

void tell(const ExpressionError &error, const YamlNode &node, SectionReader &reader) {
  reader.error(mark_inside(node, error.column, error.width, reader.problems()), error.message);
}

void read_pokes(const YamlNode &node, const Layout &layout, const GoroutineNames &goroutines,
                SectionReader &reader, std::vector<Poke> &out) {
  if (!reader.expect_list(node, "set")) return;
  for (const YamlNode &item : node.items) {
    const auto found = parts(item, TextView{"an entry of set", "set 的一项"}, shapes().poke, reader);
    if (!found) continue;
    const YamlNode &where = *found->at(0), &field = *found->at(1), &value = *found->at(2);
    std::optional<Place> place = read_place(where, "at", reader);
    const std::optional<std::string> name = reader.text(field, "field");
    const std::optional<std::string> text = reader.text(value, "value");
    if (!place || !name || !text) continue;
    bool in_value = false;
    auto parsed = parse_equality(*name, *text, layout, in_value, goroutines);
    if (parsed.index() == 1) {
      tell(std::get<1>(parsed), in_value ? value : field, reader);
      continue;
    }
    const std::vector<Term> &target = std::get<0>(parsed).left.terms;
    const bool settable = target.size() == 1 && !target[0].negative &&
                          (target[0].kind == Term::Kind::field || target[0].kind == Term::Kind::reg);
    if (!settable) {
      reader.error(field.mark,
                   {{"field must be one field or one register", "field 应为一个字段或一个寄存器"}});
      continue;
    }
    Poke poke;
    poke.place = std::move(*place);
    poke.place_text = where.value;
    poke.place_mark = where.mark;
    poke.field = target[0].name;
    poke.goroutine = target[0].goroutine;
    poke.value = std::get<0>(parsed).right;
    poke.mark = field.mark;
    out.push_back(std::move(poke));
  }
}

void read_ticks(const YamlNode &node, SectionReader &reader, std::vector<Poke> &out) {
  if (!reader.expect_list(node, "ticks")) return;
  for (const YamlNode &item : node.items) {
    const auto found = parts(item, TextView{"an entry of ticks", "ticks 的一项"}, shapes().tick, reader);
    if (!found) continue;
    const YamlNode &where = *found->at(0), &clock = *found->at(1);
    std::optional<Place> place = read_place(where, "at", reader);
    const std::optional<std::uint64_t> ns = read_duration(clock, "clock", reader);
    if (!place || !ns) continue;
    Poke poke;
    poke.place = std::move(*place);
    poke.place_text = where.value;
    poke.place_mark = where.mark;
    poke.field = "kernel.clock";
    poke.clock_ns = *ns;
    poke.mark = clock.mark;
    out.push_back(std::move(poke));
  }
}

}  // namespace gogoscope
