// .debug_line: which PC belongs to which line of which file.
#include <algorithm>
#include <unordered_map>

#include "asm/text/printable.h"
#include "emu/elf/dwarf_file.h"
#include "emu/elf/limits.h"
#include "emu/elf/wrong.h"

namespace gogoscope {
namespace {

class LineReader {
 public:
  explicit LineReader(Binary& into) : into_(into) {}

  /// The rows of a unit, which libdw sorts by address: behind the end of a sequence at an address come the
  /// rows that begin there, and of several rows at an address the last one holds.
  std::optional<Message> unit(Dwarf_Die& die) {
    if (dwarf_hasattr(&die, DW_AT_stmt_list) == 0) return std::nullopt;
    Dwarf_Lines* lines = nullptr;
    std::size_t count = 0;
    if (dwarf_getsrclines(&die, &lines, &count) != 0) return damaged_dwarf("debug_line");
    if (count > kMaxLineRows - into_.lines.size()) {
      return damaged(Message({"it has too many lines", "行太多"}));
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (auto why = row(dwarf_onesrcline(lines, i))) return why;
    }
    return std::nullopt;
  }

 private:
  std::optional<Message> row(Dwarf_Line* line) {
    Dwarf_Addr pc = 0;
    int number = 0;
    bool is_stmt = false, end = false;
    if (dwarf_lineaddr(line, &pc) != 0 || dwarf_lineno(line, &number) != 0 ||
        dwarf_linebeginstatement(line, &is_stmt) != 0 || dwarf_lineendsequence(line, &end) != 0 ||
        pc > kMaxAddress) {
      return damaged_dwarf("debug_line");
    }
    LineRow out;
    out.pc = CodeAddr(pc);
    if (!end) {
      const auto file = file_of(dwarf_linesrc(line, nullptr, nullptr));
      if (!file) return damaged_dwarf("debug_line");
      out.file = *file;
      out.line = number > 0 ? static_cast<std::uint32_t>(number) : 0;
      out.is_stmt = is_stmt;
    }
    into_.lines.push_back(out);
    return std::nullopt;
  }

  /// libdw answers with the same pointer for the same file of a unit.
  std::optional<std::uint32_t> file_of(const char* name) {
    if (name == nullptr) return std::nullopt;
    if (const auto known = by_pointer_.find(name); known != by_pointer_.end()) return known->second;
    const std::string_view text(name);
    const auto next = static_cast<std::uint32_t>(into_.files.size());
    if (next == kMaxFiles || text.size() > kMaxNameBytes || printable(text) != text) return std::nullopt;
    const auto [at, is_new] = by_name_.emplace(text, next);
    if (is_new) into_.files.emplace_back(text);
    by_pointer_.emplace(name, at->second);
    return at->second;
  }

  Binary& into_;
  std::unordered_map<const char*, std::uint32_t> by_pointer_;
  std::unordered_map<std::string, std::uint32_t> by_name_;
};

/// Units may come in any order; one may begin where another ends.
void merge(std::vector<LineRow>& rows) {
  std::stable_sort(rows.begin(), rows.end(), [](const LineRow& a, const LineRow& b) {
    return a.pc != b.pc ? a.pc < b.pc : a.line == 0 && b.line != 0;
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i + 1 < rows.size() && rows[i + 1].pc == rows[i].pc) continue;
    rows[kept++] = rows[i];
  }
  rows.resize(kept);
}

}  // namespace

std::optional<Message> read_lines(const DwarfFile& file, Binary& into) {
  LineReader reader(into);
  if (auto why = file.each_unit([&](Dwarf_Die& die) { return reader.unit(die); })) return why;
  merge(into.lines);
  // An end of a sequence names no file; without files there is nothing to end.
  if (into.files.empty()) into.lines.clear();
  for (Function& f : into.functions) {
    const LineRow* const row = into.line_at(f.entry);
    if (row == nullptr) continue;
    f.source = row->file;
    f.line = row->line;
  }
  return std::nullopt;
}

}  // namespace gogoscope
