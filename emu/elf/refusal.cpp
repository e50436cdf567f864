// Which programs are not read, and what would be right.
#include <algorithm>
#include <cstring>

#include "emu/elf/elf_file.h"
#include "emu/elf/wrong.h"

namespace gogoscope {
namespace {

/// What Go calls the machine, GOARCH; empty where Go has none.
std::string_view machine_name(std::uint16_t machine, bool is_64, bool little) {
  switch (machine) {
    case EM_386:
      return "386";
    case EM_X86_64:
      return is_64 ? "amd64" : "x32";
    case EM_ARM:
      return "arm";
    case EM_AARCH64:
      return "arm64";
    case EM_MIPS:
      return is_64 ? (little ? "mips64le" : "mips64") : (little ? "mipsle" : "mips");
    case EM_PPC64:
      return little ? "ppc64le" : "ppc64";
    case EM_RISCV:
      return "riscv64";
    case EM_S390:
      return "s390x";
    case 258:
      return "loong64";
    default:
      return {};
  }
}

std::string_view system_name(unsigned char abi) {
  switch (abi) {
    case ELFOSABI_NETBSD:
      return "netbsd";
    case ELFOSABI_SOLARIS:
      return "solaris";
    case ELFOSABI_FREEBSD:
      return "freebsd";
    case ELFOSABI_OPENBSD:
      return "openbsd";
    default:
      return {};
  }
}

Message built_for(const Message& what) {
  return {{"it is built for {what}; programs of linux/amd64 are read: GOOS=linux GOARCH=amd64 go build",
           "它是为 {what} 构建的；能读取的是 linux/amd64 程序：GOOS=linux GOARCH=amd64 go build"},
          {{"what", what}}};
}

Message numbered(Pattern pattern, int n) { return {pattern, {{"n", n}}}; }

bool has_segment(const ElfFile& file, std::uint32_t type) {
  std::size_t count = 0;
  if (elf_getphdrnum(file.elf(), &count) != 0) return false;
  for (std::size_t i = 0; i < std::min<std::size_t>(count, 1024); ++i) {
    GElf_Phdr header;
    if (gelf_getphdr(file.elf(), static_cast<int>(i), &header) != nullptr && header.p_type == type)
      return true;
  }
  return false;
}

}  // namespace

Message damaged(const Message& what) {
  return {{"it is damaged: {what}", "它已损坏：{what}"}, {{"what", what}}};
}

Message cut_off(std::uint64_t has, std::uint64_t needed) {
  return {{"it is cut off: its headers speak of {needed} bytes, the file has {has}",
           "它不完整：文件头说有 {needed} 字节，文件只有 {has} 字节"},
          {{"needed", needed}, {"has", has}}};
}

Message linked_with_c() {
  return {{"it has C code in it (cgo); programs of Go alone are read: CGO_ENABLED=0 go build",
           "它含有 C 代码（cgo）；能读取的是纯 Go 程序：CGO_ENABLED=0 go build"}};
}

std::optional<Message> refusal_of_header(std::string_view bytes) {
  if (bytes.size() < 4 || bytes.substr(0, 4) != std::string_view(ELFMAG, SELFMAG)) {
    return Message({"it is not an ELF file; a program is one that `go build` has written for linux/amd64",
                    "它不是 ELF 文件；这里的程序指 `go build` 为 linux/amd64 生成的文件"});
  }
  if (bytes.size() < sizeof(Elf64_Ehdr)) return cut_off(bytes.size(), sizeof(Elf64_Ehdr));
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const bool is_64 = byte(EI_CLASS) == ELFCLASS64, little = byte(EI_DATA) == ELFDATA2LSB;
  const auto machine =
      static_cast<std::uint16_t>(little ? byte(18) | byte(19) << 8 : byte(19) | byte(18) << 8);
  if (machine != EM_X86_64 || !is_64 || !little) {
    const std::string_view name = machine_name(machine, is_64, little);
    return built_for(name.empty() ? numbered({"machine {n} of ELF", "ELF 的第 {n} 号机器"}, machine)
                                  : Message::untranslated(name));
  }
  const unsigned char abi = byte(EI_OSABI);
  if (abi != ELFOSABI_NONE && abi != ELFOSABI_LINUX) {
    const std::string_view name = system_name(abi);
    return built_for(name.empty() ? numbered({"system {n} of ELF", "ELF 的第 {n} 号系统"}, abi)
                                  : Message::untranslated(name));
  }
  const auto type = static_cast<std::uint16_t>(byte(16) | byte(17) << 8);
  if (type != ET_EXEC && type != ET_DYN) {
    return Message({"it is an ELF file, but not an executable: `go build` of package main writes one",
                    "它是 ELF 文件，但不是可执行文件：对 main 包执行 `go build` 会生成一个"});
  }
  return std::nullopt;
}

std::optional<Message> refusal_of_size(const ElfFile& file) {
  const std::uint64_t has = file.bytes().size();
  GElf_Ehdr header;
  if (gelf_getehdr(file.elf(), &header) == nullptr) return cut_off(has, sizeof(Elf64_Ehdr));
  const std::uint64_t tables = std::max(header.e_phoff + std::uint64_t{header.e_phnum} * header.e_phentsize,
                                        header.e_shoff + std::uint64_t{header.e_shnum} * header.e_shentsize);
  if (tables > has) return cut_off(has, tables);
  std::uint64_t needed = 0;
  for (Elf_Scn* scn = nullptr; (scn = elf_nextscn(file.elf(), scn)) != nullptr;) {
    GElf_Shdr s;
    if (gelf_getshdr(scn, &s) == nullptr || s.sh_type == SHT_NOBITS) continue;
    needed = std::max(needed, s.sh_size > kMaxBinaryBytes ? s.sh_size : s.sh_offset + s.sh_size);
  }
  if (needed > has) return cut_off(has, needed);
  return std::nullopt;
}

std::optional<Message> refusal(const ElfFile& file) {
  if (!file.has(".go.buildinfo") && !file.has(".note.go.buildid") && !file.has(".gopclntab")) {
    return Message({"it was not made by Go: it has no section .go.buildinfo",
                    "它不是 Go 生成的：没有 .go.buildinfo 节"});
  }
  GElf_Ehdr header;
  if (gelf_getehdr(file.elf(), &header) != nullptr && header.e_type == ET_DYN) {
    return Message({"it is position-independent (PIE); static programs are read: go build -buildmode=exe",
                    "它是位置无关的可执行文件（PIE）；能读取的是静态程序：go build -buildmode=exe"});
  }
  if (has_segment(file, PT_INTERP) || has_segment(file, PT_DYNAMIC)) {
    return Message({"it is linked dynamically, as cgo does; static programs are read: CGO_ENABLED=0 go build",
                    "它是动态链接的（用了 cgo 就会这样）；能读取的是静态程序：CGO_ENABLED=0 go build"});
  }
  const bool debug = file.has(".debug_info") || file.has(".zdebug_info");
  if (!file.has(".symtab") || !debug) {
    return Message(
        {"it is stripped of symbols or DWARF, and nothing else says where runtime.allgs and "
         "runtime.sched are: build it without -ldflags=\"-s -w\", and do not strip it",
         "它的符号或 DWARF 已被去除，而 runtime.allgs 和 runtime.sched 的位置别处没有记录："
         "构建时不要用 -ldflags=\"-s -w\"，也不要 strip"});
  }
  return std::nullopt;
}

}  // namespace gogoscope
