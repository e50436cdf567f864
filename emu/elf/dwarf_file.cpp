#include "emu/elf/dwarf_file.h"

#include "emu/elf/wrong.h"

namespace gogoscope {

std::optional<DwarfFile> DwarfFile::open(const ElfFile& file) {
  Dwarf* const dwarf = dwarf_begin_elf(file.elf(), DWARF_C_READ, nullptr);
  if (dwarf == nullptr) return std::nullopt;
  return DwarfFile(dwarf);
}

DwarfFile::~DwarfFile() {
  if (dwarf_ != nullptr) dwarf_end(dwarf_);
}

Message DwarfFile::broken_units() { return damaged_dwarf("debug_info"); }

Message damaged_dwarf(std::string_view section) {
  return damaged(Message({"its DWARF section .{section} cannot be read", "无法读取它的 DWARF 节 .{section}"},
                         {{"section", section}}));
}

}  // namespace gogoscope
