#include "emu/elf/elf_file.h"

#include <algorithm>

namespace gogoscope {

std::optional<ElfFile> ElfFile::open(std::string_view bytes) {
  if (elf_version(EV_CURRENT) == EV_NONE) return std::nullopt;
  // libelf takes a pointer to what it might change; opened for reading, it does not.
  Elf* const elf = elf_memory(const_cast<char*>(bytes.data()), bytes.size());
  if (elf == nullptr) return std::nullopt;
  if (elf_kind(elf) == ELF_K_ELF) return ElfFile(elf, bytes);
  elf_end(elf);
  return std::nullopt;
}

ElfFile::~ElfFile() {
  if (elf_ != nullptr) elf_end(elf_);
}

Elf_Scn* ElfFile::section(std::string_view name) const {
  std::size_t names = 0;
  if (elf_getshdrstrndx(elf_, &names) != 0) return nullptr;
  for (Elf_Scn* scn = nullptr; (scn = elf_nextscn(elf_, scn)) != nullptr;) {
    GElf_Shdr header;
    if (gelf_getshdr(scn, &header) == nullptr) continue;
    const char* const found = elf_strptr(elf_, names, header.sh_name);
    if (found != nullptr && name == found) return scn;
  }
  return nullptr;
}

std::string_view ElfFile::contents(std::string_view name) const {
  Elf_Scn* const scn = section(name);
  GElf_Shdr header;
  if (scn == nullptr || gelf_getshdr(scn, &header) == nullptr || header.sh_type == SHT_NOBITS) return {};
  if (header.sh_offset > bytes_.size() || header.sh_size > bytes_.size() - header.sh_offset) return {};
  return bytes_.substr(header.sh_offset, header.sh_size);
}

std::string_view ElfFile::memory(std::uint64_t addr, std::uint64_t size) const {
  std::size_t count = 0;
  if (elf_getphdrnum(elf_, &count) != 0) return {};
  for (std::size_t i = 0; i < std::min<std::size_t>(count, 64); ++i) {
    GElf_Phdr header;
    if (gelf_getphdr(elf_, static_cast<int>(i), &header) == nullptr || header.p_type != PT_LOAD) continue;
    if (addr < header.p_vaddr || size > header.p_filesz) continue;
    const std::uint64_t inside = addr - header.p_vaddr;
    if (inside > header.p_filesz - size || header.p_offset > bytes_.size()) continue;
    if (header.p_filesz > bytes_.size() - header.p_offset) continue;
    return bytes_.substr(header.p_offset + inside, size);
  }
  return {};
}

}  // namespace gogoscope
