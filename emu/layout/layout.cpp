#include "emu/layout/layout.h"

#include <cstdio>
#include <cstdlib>

#include "emu/layout/releases.h"

namespace gogoscope {
namespace {

/// "gFree." of "gFree.gList": what a path says when it leaves the embedded name out.
std::string_view parent_path(std::string_view name) {
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : name.substr(0, dot + 1);
}

const Field* find_exact(const StructLayout& s, std::string_view name) {
  for (const Field& f : s.fields) {
    if (f.name == name) return &f;
  }
  return nullptr;
}

}  // namespace

const Field* StructLayout::find(std::string_view field_name) const {
  if (const Field* f = find_exact(*this, field_name)) return f;
  for (const Field& f : fields) {
    if (!f.embedded) continue;
    const std::string_view parent = parent_path(f.name);
    if (field_name.substr(0, parent.size()) != parent) continue;
    std::string full = f.name + ".";
    full += field_name.substr(parent.size());
    if (const Field* inner = find_exact(*this, full)) return inner;
  }
  return nullptr;
}

const Field* StructLayout::at(std::uint32_t offset) const {
  const Field* innermost = nullptr;
  for (const Field& f : fields) {
    if (offset >= f.offset && offset - f.offset < f.size) innermost = &f;  // inner fields come later
  }
  // A struct can hold padding of its own: then nothing is there.
  return innermost != nullptr && innermost->leaf ? innermost : nullptr;
}

Layout::Layout(std::string release, std::string source, std::vector<StructLayout> structs)
    : release_(std::move(release)), source_(std::move(source)), structs_(std::move(structs)) {}

const StructLayout* Layout::find(std::string_view struct_name) const {
  for (const StructLayout& s : structs_) {
    if (s.name == struct_name) return &s;
  }
  return nullptr;
}

const Field& Layout::field(std::string_view struct_name, std::string_view field_name) const {
  const StructLayout* s = find(struct_name);
  const Field* f = s == nullptr ? nullptr : s->find(field_name);
  if (f == nullptr) {
    std::fprintf(stderr, "layout of Go %s: there is no field %.*s.%.*s\n", release_.c_str(),
                 static_cast<int>(struct_name.size()), struct_name.data(),
                 static_cast<int>(field_name.size()), field_name.data());
    std::abort();
  }
  return *f;
}

const Layout* layout_for(std::string_view go_release) {
  return go_release == "1.16" ? &go1_16_layout() : nullptr;
}

std::span<const std::string_view> layout_releases() {
  static constexpr std::string_view kReleases[] = {"1.16"};
  return kReleases;
}

}  // namespace gogoscope
