#include <algorithm>

#include "asm/text/printable.h"
#include "emu/elf/elf_file.h"
#include "emu/elf/limits.h"
#include "emu/elf/wrong.h"

namespace gogoscope {
namespace {

/// Names are shown on screens: one with controls in it is not Go's.
bool is_a_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxNameBytes && printable(name) == name;
}

template <class Symbol, class Place>
void sort_by_place(std::vector<Symbol>& symbols, Place place) {
  std::stable_sort(symbols.begin(), symbols.end(),
                   [&](const Symbol& a, const Symbol& b) { return place(a) < place(b); });
}

}  // namespace

std::optional<Message> read_symbols(const ElfFile& file, Binary& into) {
  Elf_Scn* const scn = file.section(".symtab");
  GElf_Shdr header;
  Elf_Data* const data = scn == nullptr ? nullptr : elf_getdata(scn, nullptr);
  if (data == nullptr || gelf_getshdr(scn, &header) == nullptr || header.sh_type != SHT_SYMTAB) {
    return damaged(Message({"its symbol table cannot be read", "无法读取符号表"}));
  }
  const std::size_t count = data->d_size / sizeof(Elf64_Sym);
  for (std::size_t i = 0; i < count; ++i) {
    GElf_Sym s;
    if (gelf_getsym(data, static_cast<int>(i), &s) == nullptr) break;
    const unsigned type = GELF_ST_TYPE(s.st_info);
    if ((type != STT_FUNC && type != STT_OBJECT) || s.st_size == 0) continue;
    const char* const name = elf_strptr(file.elf(), header.sh_link, s.st_name);
    if (name == nullptr || !is_a_name(name)) {
      return damaged(Message({"symbol {n} has no name", "第 {n} 个符号没有名字"}, {{"n", i}}));
    }
    if (std::string_view(name) == "x_cgo_init") return linked_with_c();
    const LoadSegment* const segment = into.segment_at(Addr(s.st_value), s.st_size);
    if (segment == nullptr) {
      return damaged(
          Message({"{name} is in no segment", "{name} 不在任何段内"}, {{"name", shortened(name)}}));
    }
    if (type == STT_FUNC) {
      if (!segment->executable) continue;
      if (into.functions.size() == kMaxFunctions) {
        return damaged(Message({"it has too many functions", "函数太多"}));
      }
      Function f;
      f.name = name;
      f.entry = CodeAddr(s.st_value);
      f.size = static_cast<std::uint32_t>(s.st_size);
      f.source = Binary::kNoFile;
      into.functions.push_back(std::move(f));
    } else {
      if (into.data.size() == kMaxDataSymbols) {
        return damaged(Message({"it has too many variables", "变量太多"}));
      }
      into.data.push_back({name, Addr(s.st_value), s.st_size, ""});
    }
  }
  sort_by_place(into.functions, [](const Function& f) { return f.entry; });
  sort_by_place(into.data, [](const DataSymbol& d) { return d.addr; });
  // A second name of the same place is left out.
  const auto same = [](const Function& a, const Function& b) { return a.entry == b.entry; };
  into.functions.erase(std::unique(into.functions.begin(), into.functions.end(), same), into.functions.end());
  for (std::size_t i = 1; i < into.functions.size(); ++i) {
    const Function& before = into.functions[i - 1];
    if (before.contains(into.functions[i].entry)) {
      return damaged(Message({"functions {a} and {b} overlap", "函数 {a} 和 {b} 重叠"},
                             {{"a", shortened(before.name)}, {"b", shortened(into.functions[i].name)}}));
    }
  }
  return std::nullopt;
}

}  // namespace gogoscope
