#include "emu/layout/struct_bytes.h"

#include "asm/text/printable.h"

namespace gogoscope {

bool can_be_shown(std::string_view name) { return printable(name) == name; }

Message unshowable(std::string_view name) {
  return {{"{name} is not a name", "{name} 不是名字"}, {{"name", in_quotes(name)}}};
}

void write_structs(ByteWriter& w, const std::vector<StructLayout>& structs) {
  w.number(structs.size());
  for (const StructLayout& s : structs) {
    w.text(s.name);
    w.number(s.size);
    w.number(s.fields.size());
    for (const Field& f : s.fields) {
      w.text(f.name);
      w.text(f.type);
      w.number(f.offset);
      w.number(std::uint64_t{f.size} << 2 | (f.leaf ? 1 : 0) | (f.embedded ? 2 : 0));
    }
  }
}

std::variant<std::vector<StructLayout>, Message> read_structs(ByteReader& r) {
  const std::uint64_t count = r.count();
  if (count > kMostStructs) return Message({"it has {n} structs", "它有 {n} 个结构体"}, {{"n", count}});
  std::vector<StructLayout> structs(count);
  for (StructLayout& s : structs) {
    s.name = r.text();
    if (!can_be_shown(s.name)) return unshowable(s.name);
    const std::uint64_t size = r.number(), fields = r.count();
    if (fields > kMostFields) {
      return Message({"struct {name} has {n} fields", "结构体 {name} 有 {n} 个字段"},
                     {{"name", printable(s.name)}, {"n", fields}});
    }
    if (size > Layout::kMostBytes) return too_large(s.name, size);
    s.size = static_cast<std::uint32_t>(size);
    s.fields.resize(fields);
    for (Field& f : s.fields) {
      f.name = r.text();
      f.type = r.text();
      if (!can_be_shown(f.name)) return unshowable(f.name);
      if (!can_be_shown(f.type)) return unshowable(f.type);
      const std::uint64_t offset = r.number(), packed = r.number();
      if (offset > Layout::kMostBytes || packed >> 2 > Layout::kMostBytes) {
        return beyond_its_struct(s.name, f.name);
      }
      f.offset = static_cast<std::uint32_t>(offset);
      f.size = static_cast<std::uint32_t>(packed >> 2);
      f.leaf = (packed & 1) != 0;
      f.embedded = (packed & 2) != 0;
    }
  }
  return structs;
}

}  // namespace gogoscope
