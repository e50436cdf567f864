// .debug_info: which instructions are the body of a function that was inlined, and where its call is.
#include <unordered_map>

#include "asm/text/printable.h"
#include "emu/elf/dwarf_file.h"
#include "emu/elf/limits.h"
#include "emu/elf/wrong.h"

namespace gogoscope {
namespace {

/// Calls inside inlined calls; Go stops at a few.
constexpr int kDeepest = 64;
/// Entries of .debug_info: a damaged file may send a reader around in it.
constexpr std::size_t kMostEntries = 50'000'000;

class InlinedReader {
 public:
  explicit InlinedReader(Binary& into) : into_(into) {
    for (std::size_t i = 0; i < into.files.size(); ++i)
      files_.emplace(into.files[i], static_cast<std::uint32_t>(i));
  }

  std::optional<Message> unit(Dwarf_Die& die) {
    unit_files_ = nullptr;
    unit_file_count_ = 0;
    if (dwarf_hasattr(&die, DW_AT_stmt_list) != 0) {
      // A unit without a line table has no calls that could name a file of it.
      if (dwarf_getsrcfiles(&die, &unit_files_, &unit_file_count_) != 0) return damaged_dwarf("debug_line");
    }
    return children(die, 0);
  }

 private:
  /// Inside a unit its functions, inside those what was inlined, there and in their blocks.
  std::optional<Message> children(Dwarf_Die& parent, int depth) {
    Dwarf_Die die;
    if (depth > kDeepest || dwarf_child(&parent, &die) != 0) return std::nullopt;
    do {
      if (++entries_ > kMostEntries) return damaged_dwarf("debug_info");
      const int tag = dwarf_tag(&die);
      if (tag == DW_TAG_inlined_subroutine) {
        if (auto why = inlined(die)) return why;
      } else if (tag != DW_TAG_subprogram && tag != DW_TAG_lexical_block) {
        continue;
      }
      if (auto why = children(die, depth + 1)) return why;
    } while (dwarf_siblingof(&die, &die) == 0);
    return std::nullopt;
  }

  std::optional<Message> inlined(Dwarf_Die& die) {
    InlinedCall call;
    const auto name = name_of(die);
    if (!name) return std::nullopt;
    call.name = *name;
    call.line = static_cast<std::uint32_t>(number_of(die, DW_AT_call_line));
    const auto file = file_of(number_of(die, DW_AT_call_file));
    if (!file) return std::nullopt;
    call.file = *file;
    Dwarf_Addr base = 0, from = 0, to = 0;
    std::ptrdiff_t offset = 0;
    while ((offset = dwarf_ranges(&die, offset, &base, &from, &to)) > 0) {
      if (++entries_ > kMostEntries || into_.inlined.calls.size() == kMaxInlinedCalls) {
        return damaged(Message({"it has too many inlined calls", "内联的调用太多"}));
      }
      if (from >= to || to > kMaxAddress) continue;
      // What is in no function is nobody's body.
      const Function* const function = into_.function_at(CodeAddr(from));
      if (function == nullptr || !function->contains(CodeAddr(to - 1))) continue;
      call.from = CodeAddr(from);
      call.to = CodeAddr(to);
      into_.inlined.calls.push_back(call);
    }
    return offset < 0 ? std::optional<Message>(damaged_dwarf("debug_ranges")) : std::nullopt;
  }

  static Dwarf_Word number_of(Dwarf_Die& die, unsigned attribute_name) {
    Dwarf_Attribute attribute;
    Dwarf_Word value = 0;
    if (dwarf_attr(&die, attribute_name, &attribute) == nullptr || dwarf_formudata(&attribute, &value) != 0)
      return 0;
    return value <= 0x7fff'ffff ? value : 0;
  }

  /// Of the function that was called: the entry that all its inlined calls point to has it.
  std::optional<std::uint32_t> name_of(Dwarf_Die& die) {
    const char* const name = dwarf_diename(&die);
    if (name == nullptr) return std::nullopt;
    const std::string_view text(name);
    if (text.empty() || text.size() > kMaxNameBytes || printable(text) != text) return std::nullopt;
    const auto next = static_cast<std::uint32_t>(into_.inlined.names.size());
    const auto [at, is_new] = names_.emplace(text, next);
    if (is_new) into_.inlined.names.emplace_back(text);
    return at->second;
  }

  std::optional<std::uint32_t> file_of(Dwarf_Word number) const {
    if (unit_files_ == nullptr || number >= unit_file_count_) return std::nullopt;
    const char* const name = dwarf_filesrc(unit_files_, number, nullptr, nullptr);
    if (name == nullptr) return std::nullopt;
    std::string_view text(name);
    if (text.starts_with("./")) text.remove_prefix(2);  // as in the line table
    const auto known = files_.find(std::string(text));
    return known == files_.end() ? std::nullopt : std::optional(known->second);
  }

  Binary& into_;
  Dwarf_Files* unit_files_ = nullptr;
  std::size_t unit_file_count_ = 0;
  std::size_t entries_ = 0;
  std::unordered_map<std::string, std::uint32_t> files_, names_;
};

}  // namespace

std::optional<Message> read_inlined(const DwarfFile& file, Binary& into) {
  InlinedReader reader(into);
  if (auto why = file.each_unit([&](Dwarf_Die& die) { return reader.unit(die); })) return why;
  into.inlined.sort();
  return std::nullopt;
}

}  // namespace gogoscope
