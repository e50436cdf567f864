#include "scenarios/page/struct_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "emu/layout/types.h"
#include "emu/session/views/field_value.h"

namespace gogoscope {

using Json = nlohmann::ordered_json;

const StructCells::Type& StructCells::type(Stage& stage, Entity::Kind kind) {
  const auto [at, is_new] = types_.try_emplace(kind);
  Type& type = at->second;
  if (!is_new) return type;
  type.name = struct_name(kind);
  const Layout& layout = stage.guest().release->layout;
  const StructLayout* const s = layout.find(type.name);
  if (s == nullptr) return type;
  for (const Field& f : s->fields) {
    if (!f.leaf || f.size == 0) continue;
    if (value_kind(f.type) != ValueKind::aggregate) {
      if (f.size <= 8) type.scalars.push_back({f.name, f.type, f.name, f.offset, f.size});
      continue;
    }
    const auto array = array_type(f.type);
    if (!array) continue;
    const std::uint64_t size = type_size(layout, array->element).value_or(0);
    if (size == 0 || size > 8 || value_kind(array->element) == ValueKind::aggregate) continue;
    for (std::uint64_t i = 0; i < array->count; ++i) {
      type.scalars.push_back({fmt::format("{}[{}]", f.name, i), std::string(array->element), f.name,
                              static_cast<std::uint32_t>(f.offset + i * size),
                              static_cast<std::uint32_t>(size)});
    }
  }
  return type;
}

int StructCells::shown(Stage& stage, const Struct& s, const Scalar& scalar) const {
  const std::uint64_t number =
      stage.view().state().load_or_zero(s.addr + scalar.offset, static_cast<int>(scalar.size));
  const FieldKind kind{struct_name(s.kind), scalar.field, scalar.type, scalar.size};
  const FieldValue en = field_value(stage.names(Language::en), kind, number);
  if (en.pointer) {
    const FieldValue zh = field_value(stage.names(Language::zh), kind, number);
    return stage.values.of(Shown{fmt::format("{:#x}", number), {en.word, zh.word}});
  }
  // A status: the number is what is stored, the word what it means.
  if (!en.also.empty()) return stage.values.of(Shown{en.also, Text::untranslated(en.word)});
  return stage.values.of(en.word);
}

std::size_t StructCells::found(Stage& stage, const Entity& e) {
  const auto [at, is_new] = by_name_.try_emplace(e.name, structs_.size());
  const Type& t = type(stage, e.kind);
  if (is_new) {
    Struct s{e.name, e.addr, e.kind, stage.cells.add(), 0};
    for (std::size_t i = 0; i < t.scalars.size(); ++i) {
      const int cell = stage.cells.add();
      if (i == 0) s.first = cell;
    }
    structs_.push_back(s);
  }
  Struct& s = structs_[at->second];
  if (is_new || s.addr != e.addr) {
    s.addr = e.addr;
    for (std::size_t i = 0; i < t.scalars.size(); ++i) {
      const Addr from = s.addr + t.scalars[i].offset;
      std::vector<Part>& parts = by_word_[from.value() / 8];
      const bool there = std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
        return part.of == at->second && part.scalar == i;
      });
      if (!there) parts.push_back({at->second, i});
    }
  }
  return at->second;
}

void StructCells::follow(Stage& stage) {
  if (stage.first()) {
    zero_ = stage.values.of("0");
    false_ = stage.values.of("false");
    nil_ = stage.values.of(Shown{"0x0", Text::untranslated("nil")});
    zero_pointer_ = stage.values.of("0x0");
  }
  if (stage.renamed()) {
    std::vector<bool> exists(structs_.size());
    for (const Entity& e : stage.entities().all()) {
      const std::size_t index = found(stage, e);
      exists.resize(structs_.size());
      exists[index] = true;
      const Struct& s = structs_[index];
      stage.cells.set(s.label, stage.values.of(e.short_name));
      const Type& t = types_.at(e.kind);
      for (std::size_t i = 0; i < t.scalars.size(); ++i) {
        stage.cells.set(s.first + static_cast<int>(i), shown(stage, s, t.scalars[i]));
      }
    }
    for (std::size_t i = 0; i < structs_.size(); ++i) {
      if (!exists[i]) stage.cells.set(structs_[i].label, 0);
    }
  }
  const Step* step = stage.step();
  if (step == nullptr) return;
  for (const Store& store : step->stores) {
    const Addr end = store.addr + store.size;
    for (std::uint64_t word = store.addr.value() / 8; word * 8 < end.value(); ++word) {
      const auto parts = by_word_.find(word);
      if (parts == by_word_.end()) continue;
      for (const Part& part : parts->second) {
        const Struct& s = structs_[part.of];
        const Scalar& scalar = types_.at(s.kind).scalars[part.scalar];
        const Addr from = s.addr + scalar.offset;
        if (from >= end || from + scalar.size <= store.addr) continue;
        stage.cells.write(s.first + static_cast<int>(part.scalar), shown(stage, s, scalar));
      }
    }
  }
}

int StructCells::cell(const std::string& name, const std::string& field) const {
  const auto s = by_name_.find(name);
  if (s == by_name_.end()) return -1;
  const std::vector<Scalar>& scalars = types_.at(structs_[s->second].kind).scalars;
  for (std::size_t i = 0; i < scalars.size(); ++i) {
    if (scalars[i].name == field) return structs_[s->second].first + static_cast<int>(i);
  }
  return -1;
}

bool StructCells::has_news(const CellTable& cells, const Struct& s, std::size_t scalar) const {
  const int cell = s.first + static_cast<int>(scalar);
  const auto is_zero = [&](int value) {
    return value == 0 || value == zero_ || value == false_ || value == nil_ || value == zero_pointer_;
  };
  if (!is_zero(cells.start(cell)) || !is_zero(cells.value(cell))) return true;
  return cells.written(cell);
}

Json StructCells::json(const CellTable& cells, CellNumbers& numbers) const {
  Json types = Json::object();
  std::map<Entity::Kind, std::vector<int>> listed;  // the place of each scalar in the list, or -1
  for (const auto& [kind, t] : types_) {
    // Elements of an array that no struct uses would be most of the page.
    std::vector<bool> used(t.scalars.size());
    for (const Struct& s : structs_) {
      if (s.kind != kind) continue;
      for (std::size_t i = 0; i < used.size(); ++i)
        used[i] = used[i] || t.scalars[i].name == t.scalars[i].field || has_news(cells, s, i);
    }
    Json list = Json::array();
    for (std::size_t i = 0; i < t.scalars.size(); ++i) {
      listed[kind].push_back(used[i] ? static_cast<int>(list.size()) : -1);
      if (used[i]) list.push_back({t.scalars[i].name, t.scalars[i].type});
    }
    types[t.name] = std::move(list);
  }
  Json all = Json::array();
  for (const Struct& s : structs_) {
    Json fields = Json::array();
    const std::vector<Scalar>& scalars = types_.at(s.kind).scalars;
    for (std::size_t i = 0; i < scalars.size(); ++i) {
      if (has_news(cells, s, i))
        fields.push_back({listed[s.kind][i], numbers.of(s.first + static_cast<int>(i))});
    }
    all.push_back({{"name", s.name},
                   {"kind", types_.at(s.kind).name},
                   {"label", numbers.of(s.label)},
                   {"fields", fields}});
  }
  return {{"types", types}, {"all", all}};
}

}  // namespace gogoscope
