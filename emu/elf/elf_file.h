// An ELF file in memory, as libelf sees it: headers, sections, symbols. Private to this folder.
#pragma once

#include <gelf.h>
#include <libelf.h>

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "emu/elf/binary.h"

namespace gogoscope {

class ElfFile {
 public:
  /// `bytes` must outlive it. Nothing where libelf finds no ELF file.
  static std::optional<ElfFile> open(std::string_view bytes);
  ElfFile(ElfFile&& other) noexcept : elf_(other.elf_), bytes_(other.bytes_) { other.elf_ = nullptr; }
  ElfFile(const ElfFile&) = delete;
  ElfFile& operator=(const ElfFile&) = delete;
  ElfFile& operator=(ElfFile&&) = delete;
  ~ElfFile();

  Elf* elf() const { return elf_; }
  std::string_view bytes() const { return bytes_; }
  /// Null if there is none of that name.
  Elf_Scn* section(std::string_view name) const;
  bool has(std::string_view name) const { return section(name) != nullptr; }
  /// Contents as they are in the file; empty where there is no such section, or none in the file.
  std::string_view contents(std::string_view name) const;
  /// Bytes of the memory image; empty where they are not all in the file.
  std::string_view memory(std::uint64_t addr, std::uint64_t size) const;

 private:
  ElfFile(Elf* elf, std::string_view bytes) : elf_(elf), bytes_(bytes) {}
  Elf* elf_;
  std::string_view bytes_;
};

/// Why we do not read such a program; nothing for a static linux/amd64 executable that Go made, with symbols
/// and DWARF. Looks at headers only.
std::optional<Message> refusal(const ElfFile& file);
/// The same for what has no ELF file in it, or one of another machine.
std::optional<Message> refusal_of_header(std::string_view bytes);
/// The same for a file that ends before its headers say so.
std::optional<Message> refusal_of_size(const ElfFile& file);

/// Entry, program headers, segments; or what is wrong with them.
std::optional<Message> read_segments(const ElfFile& file, Binary& into);
/// Functions and data.
std::optional<Message> read_symbols(const ElfFile& file, Binary& into);
/// "go1.19.8"; empty if the file does not say.
std::string go_release(const ElfFile& file);

}  // namespace gogoscope
