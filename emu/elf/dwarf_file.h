// The DWARF of an ELF file, as libdw sees it, and what is read out of it. Private to this folder.
#pragma once

#include <dwarf.h>
#include <elfutils/libdw.h>

#include <optional>
#include <string>
#include <utility>

#include "emu/elf/elf_file.h"

namespace gogoscope {

class DwarfFile {
 public:
  /// The file must outlive it. Nothing where libdw finds no DWARF that it can read.
  static std::optional<DwarfFile> open(const ElfFile& file);
  DwarfFile(DwarfFile&& other) noexcept : dwarf_(std::exchange(other.dwarf_, nullptr)) {}
  DwarfFile(const DwarfFile&) = delete;
  DwarfFile& operator=(const DwarfFile&) = delete;
  DwarfFile& operator=(DwarfFile&&) = delete;
  ~DwarfFile();

  Dwarf* dwarf() const { return dwarf_; }
  /// Calls visit(unit's DIE) for each unit; stops at the first Message that it returns. A table of units that
  /// cannot be walked to its end is a Message, too.
  template <class Visit>
  std::optional<Message> each_unit(const Visit& visit) const {
    Dwarf_CU* unit = nullptr;
    int more = 0;
    Dwarf_Die die;
    while ((more = dwarf_get_units(dwarf_, unit, &unit, nullptr, nullptr, &die, nullptr)) == 0) {
      if (auto why = visit(die)) return why;
    }
    return more < 0 ? std::optional<Message>(broken_units()) : std::nullopt;
  }

 private:
  explicit DwarfFile(Dwarf* dwarf) : dwarf_(dwarf) {}
  static Message broken_units();
  Dwarf* dwarf_;
};

/// Files and line rows; the lines of the functions.
std::optional<Message> read_lines(const DwarfFile& file, Binary& into);
/// Calls that were inlined. After lines and symbols.
std::optional<Message> read_inlined(const DwarfFile& file, Binary& into);
/// How far SP is below its value at the entry of a function, at each of its PCs.
std::optional<Message> read_frames(const DwarfFile& file, Binary& into);
/// The layout of the scheduler's structs; the types of the data.
std::optional<Message> read_types(const DwarfFile& file, Binary& into);

}  // namespace gogoscope
