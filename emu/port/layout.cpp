#include "emu/port/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "emu/port/write_json.h"

namespace gogoscope {
namespace {

std::string indented(std::string_view name) {
  const auto depth = std::count(name.begin(), name.end(), '.');
  return std::string(static_cast<std::size_t>(2 + 2 * depth), ' ') + std::string(name);
}

std::string number_or_dash(std::optional<std::uint32_t> n) { return n ? std::to_string(*n) : "-"; }

std::optional<std::uint32_t> offset_in(const StructLayout* s, std::string_view field) {
  const Field* const found = s == nullptr ? nullptr : s->find(field);
  return found == nullptr ? std::nullopt : std::optional(found->offset);
}

/// Fields of the lessons' struct that the program's has not, without those inside one that it has not.
std::vector<const Field*> gone(const StructLayout& s, const StructLayout* lesson) {
  std::vector<const Field*> out;
  if (lesson == nullptr) return out;
  for (const Field& f : lesson->fields) {
    const auto dot = f.name.rfind('.');
    const bool told = dot != std::string::npos && s.find(f.name.substr(0, dot)) == nullptr;
    if (!told && s.find(f.name) == nullptr) out.push_back(&f);
  }
  return out;
}

}  // namespace

void write_layout_text(std::ostream& out, const Layout& layout) {
  out << fmt::format("Go {} linux/amd64, from {}\n", layout.release(), layout.source());
  for (const StructLayout& s : layout.structs()) {
    out << fmt::format("\n{}: {} bytes ({:#x})\n", s.name, s.size, s.size);
    for (const Field& f : s.fields) {
      out << fmt::format("{:<34} {:>6} {:>8} {:>6}  {}\n", indented(f.name), f.offset,
                         fmt::format("{:#x}", f.offset), f.size, f.type);
    }
  }
}

void write_layout_json(std::ostream& out, const Layout& layout) {
  using Json = nlohmann::ordered_json;
  Json structs = Json::array();
  for (const StructLayout& s : layout.structs()) {
    Json fields = Json::array();
    for (const Field& f : s.fields) {
      fields.push_back({{"name", f.name}, {"type", f.type}, {"offset", f.offset}, {"size", f.size}});
    }
    structs.push_back({{"name", s.name}, {"size", s.size}, {"fields", std::move(fields)}});
  }
  const Json all{{"go", layout.release()}, {"source", layout.source()}, {"structs", std::move(structs)}};
  write_json(out, all, 1);
}

void write_layout_beside_text(std::ostream& out, const Layout& layout, const Layout& lesson,
                              std::span<const Applicable> invariants) {
  const auto row = [&](std::string_view name, const std::string& offset, const std::string& hex,
                       const std::string& size, const std::string& there, std::string_view type) {
    out << fmt::format("{:<34} {:>6} {:>8} {:>6} {:>8}  {}\n", name, offset, hex, size, there, type);
  };
  out << fmt::format("Go {} linux/amd64, from {}; beside it the offsets of Go {}\n", layout.release(),
                     layout.source(), lesson.release());
  for (const StructLayout& s : layout.structs()) {
    const StructLayout* const other = lesson.find(s.name);
    out << fmt::format("\n{}: {} bytes ({:#x})", s.name, s.size, s.size);
    out << (other == nullptr ? fmt::format("; none in the layout of Go {}\n", lesson.release())
                             : fmt::format("; in Go {} {} bytes\n", lesson.release(), other->size));
    row("  field", "offset", "hex", "size", "in " + lesson.release(), "type");
    for (const Field& f : s.fields) {
      row(indented(f.name), std::to_string(f.offset), fmt::format("{:#x}", f.offset), std::to_string(f.size),
          number_or_dash(offset_in(other, f.name)), f.type);
    }
    for (const Field* const f : gone(s, other)) {
      row(indented(f->name), "-", "-", "-", std::to_string(f->offset), f->type);
    }
  }
  out << "\ninvariants\n";
  for (const Applicable& one : invariants) {
    out << fmt::format("  {:<28} {}\n", info(one.id).name,
                       one.why_not.en.empty() ? "judged" : "not judged: " + one.why_not.en);
  }
}

void write_layout_beside_json(std::ostream& out, const Layout& layout, const Layout& lesson,
                              std::span<const Applicable> invariants) {
  using Json = nlohmann::ordered_json;
  const auto or_null = [](std::optional<std::uint32_t> n) { return n ? Json(*n) : Json(); };
  Json structs = Json::array();
  for (const StructLayout& s : layout.structs()) {
    const StructLayout* const other = lesson.find(s.name);
    Json fields = Json::array();
    for (const Field& f : s.fields) {
      fields.push_back({{"name", f.name},
                        {"type", f.type},
                        {"offset", f.offset},
                        {"size", f.size},
                        {"lesson_offset", or_null(offset_in(other, f.name))}});
    }
    structs.push_back({{"name", s.name},
                       {"size", s.size},
                       {"lesson_size", other == nullptr ? Json() : Json(other->size)},
                       {"fields", std::move(fields)}});
  }
  Json judged = Json::array();
  for (const Applicable& one : invariants) {
    judged.push_back({{"name", info(one.id).name},
                      {"judged", one.why_not.en.empty()},
                      {"why_not", one.why_not.en.empty() ? Json() : Json(one.why_not.en)}});
  }
  const Json all{{"go", layout.release()},
                 {"source", layout.source()},
                 {"lesson", lesson.release()},
                 {"structs", std::move(structs)},
                 {"invariants", std::move(judged)}};
  write_json(out, all, 1);
}

}  // namespace gogoscope
