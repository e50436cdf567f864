#include "emu/port/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "emu/port/write_json.h"

namespace gogoscope {

void write_layout_text(std::ostream& out, const Layout& layout) {
  out << fmt::format("Go {} linux/amd64, from {}\n", layout.release(), layout.source());
  for (const StructLayout& s : layout.structs()) {
    out << fmt::format("\n{}: {} bytes ({:#x})\n", s.name, s.size, s.size);
    for (const Field& f : s.fields) {
      const auto depth = std::count(f.name.begin(), f.name.end(), '.');
      const std::string indented = std::string(static_cast<std::size_t>(2 + 2 * depth), ' ') + f.name;
      out << fmt::format("{:<34} {:>6} {:>8} {:>6}  {}\n", indented, f.offset, fmt::format("{:#x}", f.offset),
                         f.size, f.type);
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

}  // namespace gogoscope
