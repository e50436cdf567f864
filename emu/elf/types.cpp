// .debug_info: the structs of the scheduler and what they contain; which types the variables have.
#include <algorithm>
#include <unordered_map>

#include "asm/text/printable.h"
#include "emu/elf/dwarf_file.h"
#include "emu/elf/limits.h"
#include "emu/elf/type_name.h"
#include "emu/elf/wrong.h"
#include "emu/layout/struct_bytes.h"

namespace gogoscope {
namespace {

// What Go adds to DWARF, cmd/internal/dwarf.
constexpr unsigned kGoKind = 0x2900, kGoEmbedded = 0x2903;
constexpr Dwarf_Word kSlice = 23, kString = 24;

/// Without these nothing of a program's scheduler can be shown.
constexpr std::string_view kNeeded[] = {"g", "m", "p", "schedt", "gobuf"};
/// These are shown where the release has them.
constexpr std::string_view kWelcome[] = {"stack", "gQueue", "gList", "_defer", "_panic", "sudog", "funcval"};

/// Structs inside structs, seen from the outermost.
constexpr int kDeepest = 8;

std::string name_of(Dwarf_Die& die) {
  const char* const name = dwarf_diename(&die);
  if (name == nullptr || std::string_view(name).size() > kMaxNameBytes) return {};
  return printable(name);
}

std::optional<Dwarf_Die> type_of(Dwarf_Die& die) {
  Dwarf_Attribute attribute;
  Dwarf_Die type;
  if (dwarf_attr(&die, DW_AT_type, &attribute) == nullptr) return std::nullopt;
  if (dwarf_formref_die(&attribute, &type) == nullptr) return std::nullopt;
  return type;
}

/// What is behind names: a damaged file may have them in a circle.
Dwarf_Die without_typedefs(Dwarf_Die die) {
  for (int i = 0; i < kDeepest && dwarf_tag(&die) == DW_TAG_typedef; ++i) {
    const auto next = type_of(die);
    if (!next) break;
    die = *next;
  }
  return die;
}

std::optional<Dwarf_Word> number_of(Dwarf_Die& die, unsigned name) {
  Dwarf_Attribute attribute;
  Dwarf_Word value = 0;
  if (dwarf_attr(&die, name, &attribute) == nullptr) return std::nullopt;
  // Where a member is may be an expression: DW_OP_plus_uconst and a number.
  if (dwarf_formudata(&attribute, &value) == 0) return value;
  Dwarf_Op* ops = nullptr;
  std::size_t count = 0;
  if (dwarf_getlocation(&attribute, &ops, &count) != 0 || count != 1) return std::nullopt;
  if (ops[0].atom != DW_OP_plus_uconst) return std::nullopt;
  return ops[0].number;
}

bool is_embedded(Dwarf_Die& die) {
  Dwarf_Attribute attribute;
  bool value = false;
  return dwarf_attr(&die, kGoEmbedded, &attribute) != nullptr && dwarf_formflag(&attribute, &value) == 0 &&
         value;
}

std::uint64_t size_of_type(Dwarf_Die die) {
  Dwarf_Word size = 0;
  return dwarf_aggregate_size(&die, &size) == 0 ? size : 0;
}

/// A type of runtime/internal/atomic, internal/runtime/atomic from Go 1.23 on, is a struct that holds one
/// value and nothing else: a field of it is taken for that value. Its type; empty of any other type.
std::string value_of_atomic(std::string_view type) {
  constexpr std::string_view kPackage = "atomic.", kPointer = "Pointer[";
  if (!type.starts_with(kPackage)) return {};
  type.remove_prefix(kPackage.size());
  if (type.starts_with(kPointer) && type.ends_with(']'))
    return "*" + std::string(type.substr(kPointer.size(), type.size() - kPointer.size() - 1));
  static constexpr std::pair<std::string_view, std::string_view> kValues[] = {
      {"Bool", "bool"},       {"Int32", "int32"},
      {"Int64", "int64"},     {"Uint8", "uint8"},
      {"Uint32", "uint32"},   {"Uint64", "uint64"},
      {"Uintptr", "uintptr"}, {"UnsafePointer", "unsafe.Pointer"}};
  for (const auto& [name, value] : kValues) {
    if (name == type) return std::string(value);
  }
  return {};
}

class TypeReader {
 public:
  /// The types of a unit by name, and those of its variables.
  void unit(Dwarf_Die& unit_die, const std::unordered_map<std::string_view, DataSymbol*>& data) {
    Dwarf_Die die;
    if (dwarf_child(&unit_die, &die) != 0) return;
    do {
      const int tag = dwarf_tag(&die);
      if (tag == DW_TAG_structure_type) {
        const char* const name = dwarf_diename(&die);
        if (name != nullptr) structs_.emplace(name, die);
      } else if (tag == DW_TAG_variable) {
        const char* const name = dwarf_diename(&die);
        const auto symbol = name == nullptr ? data.end() : data.find(name);
        if (symbol == data.end()) continue;
        if (auto type = type_of(die)) symbol->second->type = go_type_name(name_of(*type));
      }
    } while (dwarf_siblingof(&die, &die) == 0);
  }

  /// False if there is none of that name, or none that a layout can hold.
  bool add(std::string_view name) {
    const auto found = structs_.find("runtime." + std::string(name));
    return found != structs_.end() && add(std::string(name), found->second);
  }
  /// What has been met inside those that were added, and inside these.
  void add_contained() {
    for (std::size_t i = 0; i < met_.size(); ++i) add(met_[i].first, met_[i].second);
  }
  std::vector<StructLayout> take() { return std::move(out_); }

 private:
  bool add(const std::string& name, Dwarf_Die die) {
    if (out_.size() == kMostStructs) return false;
    const bool is_there =
        std::any_of(out_.begin(), out_.end(), [&](const auto& s) { return s.name == name; });
    if (is_there) return true;
    const std::uint64_t size = size_of_type(die);
    if (size > Layout::kMostBytes) return false;
    StructLayout s{name, static_cast<std::uint32_t>(size), {}};
    if (!add_fields(s, die, "", 0, 0)) return false;
    out_.push_back(std::move(s));
    return true;
  }

  bool add_fields(StructLayout& into, Dwarf_Die struct_die, const std::string& prefix, std::uint64_t base,
                  int depth) {
    const Dwarf_Word kind = number_of(struct_die, kGoKind).value_or(0);
    Dwarf_Die die;
    if (dwarf_child(&struct_die, &die) != 0) return true;
    do {
      if (dwarf_tag(&die) != DW_TAG_member) continue;
      const auto offset = number_of(die, DW_AT_data_member_location);
      auto type = type_of(die);
      if (!offset || !type || into.fields.size() == kMostFields) return false;
      Dwarf_Die bare = without_typedefs(*type);
      const std::uint64_t at = base + *offset, size = size_of_type(*type);
      if (at > into.size || size > into.size - at) return false;
      Field f;
      const std::string name = name_of(die);
      // Of slices and strings: "array" and "str" in Go's runtime.
      const bool first = (kind == kSlice && name == "array") || (kind == kString && name == "str");
      f.name = prefix + (first ? "ptr" : name);
      f.type = go_type_name(name_of(*type));
      f.offset = static_cast<std::uint32_t>(at);
      f.size = static_cast<std::uint32_t>(size);
      f.embedded = is_embedded(die);
      const std::string value = value_of_atomic(f.type);
      const bool opens = dwarf_tag(&bare) == DW_TAG_structure_type && depth < kDeepest && value.empty();
      if (!value.empty()) f.type = value;
      f.leaf = !opens;
      if (f.name.size() > kMaxNameBytes) return false;
      const std::string inner = f.name + ".";
      if (opens) meet(f.type, bare);
      into.fields.push_back(std::move(f));
      if (opens && !add_fields(into, bare, inner, at, depth + 1)) return false;
    } while (dwarf_siblingof(&die, &die) == 0);
    return true;
  }

  /// A struct with a name of its own.
  void meet(const std::string& type, Dwarf_Die die) {
    const bool named = !type.empty() && type.find_first_of("[{*( ") == std::string::npos && type != "string";
    if (named && met_.size() < 2 * kMostStructs) met_.emplace_back(type, die);
  }

  std::unordered_map<std::string, Dwarf_Die> structs_;
  std::vector<std::pair<std::string, Dwarf_Die>> met_;
  std::vector<StructLayout> out_;
};

}  // namespace

std::optional<Message> read_types(const DwarfFile& file, Binary& into) {
  std::unordered_map<std::string_view, DataSymbol*> data;
  for (DataSymbol& d : into.data) data.emplace(d.name, &d);
  TypeReader reader;
  const auto unit = [&](Dwarf_Die& die) -> std::optional<Message> {
    reader.unit(die, data);
    return std::nullopt;
  };
  if (auto why = file.each_unit(unit)) return why;
  for (const std::string_view name : kNeeded) {
    if (reader.add(name)) continue;
    return damaged(Message({"its DWARF does not say what struct runtime.{name} looks like",
                            "它的 DWARF 没有说明结构体 runtime.{name} 的布局"},
                           {{"name", name}}));
  }
  for (const std::string_view name : kWelcome) reader.add(name);
  reader.add_contained();
  const std::string release = into.go.substr(std::string_view("go").size());
  into.layout = Layout(release, "the DWARF of this program", reader.take());
  if (auto flaw = into.layout.flaw()) return damaged(*flaw);
  return std::nullopt;
}

}  // namespace gogoscope
