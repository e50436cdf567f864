#include "emu/layout/layout.h"

#include <algorithm>

#include "asm/text/printable.h"

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

const Field* Layout::find(std::string_view struct_name, std::string_view field_name) const {
  const StructLayout* s = find(struct_name);
  return s == nullptr ? nullptr : s->find(field_name);
}

FieldAt Layout::at(std::string_view struct_name, std::string_view field_name, std::uint32_t size) const {
  const Field* f = find(struct_name, field_name);
  return f == nullptr || f->size != size || f->offset % std::min(size, 8U) != 0 ? FieldAt()
                                                                                : FieldAt(f->offset);
}

std::uint32_t Layout::size_of(std::string_view struct_name) const {
  const StructLayout* s = find(struct_name);
  return s == nullptr ? 0 : s->size;
}

Message too_large(std::string_view struct_name, std::uint64_t bytes) {
  return {{"struct {name} has {n} bytes", "结构体 {name} 有 {n} 字节"},
          {{"name", printable(struct_name)}, {"n", bytes}}};
}

Message beyond_its_struct(std::string_view struct_name, std::string_view field) {
  return {
      {"{struct}.{field} reaches beyond the end of its struct", "{struct}.{field} 超出了它所在结构体的末尾"},
      {{"struct", printable(struct_name)}, {"field", printable(field)}}};
}

std::optional<Message> Layout::flaw() const {
  for (const StructLayout& s : structs_) {
    if (find(s.name) != &s) {
      return Message({"struct {name} comes twice", "结构体 {name} 出现了两次"},
                     {{"name", printable(s.name)}});
    }
    if (s.size > kMostBytes) return too_large(s.name, s.size);
    for (const Field& f : s.fields) {
      const bool fits = f.size <= s.size && f.offset <= s.size - f.size;
      if (!fits) return beyond_its_struct(s.name, f.name);
      const bool padding = f.name == "_" || f.name.ends_with("._");
      if (!padding && find_exact(s, f.name) != &f) {
        return Message({"{struct}.{field} comes twice", "{struct}.{field} 出现了两次"},
                       {{"struct", printable(s.name)}, {"field", printable(f.name)}});
      }
    }
  }
  return std::nullopt;
}

}  // namespace gogoscope
