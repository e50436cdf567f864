#include <algorithm>

#include "asm/text/printable.h"
#include "emu/elf/elf_file.h"
#include "emu/elf/limits.h"
#include "emu/elf/wrong.h"

namespace gogoscope {

std::optional<Message> read_segments(const ElfFile& file, Binary& into) {
  GElf_Ehdr header;
  std::size_t count = 0;
  if (gelf_getehdr(file.elf(), &header) == nullptr || elf_getphdrnum(file.elf(), &count) != 0) {
    return damaged(Message({"its headers cannot be read", "无法读取文件头"}));
  }
  into.entry = CodeAddr(header.e_entry);
  if (count > kMaxSegments) return damaged(Message({"it has too many segments", "段太多"}));
  into.program_header_count = static_cast<std::uint32_t>(count);
  into.program_header_size = header.e_phentsize;
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < count; ++i) {
    GElf_Phdr p;
    if (gelf_getphdr(file.elf(), static_cast<int>(i), &p) == nullptr) {
      return damaged(Message({"its headers cannot be read", "无法读取文件头"}));
    }
    if (p.p_type != PT_LOAD || p.p_memsz == 0) continue;
    const std::string_view bytes = file.bytes();
    if (p.p_offset > bytes.size() || p.p_filesz > bytes.size() - p.p_offset) {
      return cut_off(bytes.size(), p.p_offset > kMaxAddress ? p.p_offset : p.p_offset + p.p_filesz);
    }
    const bool fits = p.p_vaddr < kMaxAddress && p.p_memsz <= kMaxSegmentBytes && p.p_filesz <= p.p_memsz;
    if (!fits || (total += p.p_memsz) > kMaxSegmentBytes) {
      return damaged(
          Message({"a segment has a size or an address that cannot be", "有一个段的大小或地址不可能成立"}));
    }
    LoadSegment s;
    s.addr = Addr(p.p_vaddr);
    s.size = p.p_memsz;
    s.readable = (p.p_flags & PF_R) != 0;
    s.writable = (p.p_flags & PF_W) != 0;
    s.executable = (p.p_flags & PF_X) != 0;
    const auto* const first = reinterpret_cast<const std::byte*>(bytes.data()) + p.p_offset;
    s.bytes.assign(first, first + p.p_filesz);
    const std::uint64_t headers = count * header.e_phentsize;
    if (header.e_phoff >= p.p_offset && header.e_phoff - p.p_offset < p.p_filesz &&
        headers <= p.p_filesz - (header.e_phoff - p.p_offset)) {
      into.program_headers = Addr(p.p_vaddr + (header.e_phoff - p.p_offset));
    }
    into.segments.push_back(std::move(s));
  }
  std::sort(into.segments.begin(), into.segments.end(),
            [](const LoadSegment& a, const LoadSegment& b) { return a.addr < b.addr; });
  for (std::size_t i = 1; i < into.segments.size(); ++i) {
    if (into.segments[i].addr < into.segments[i - 1].end()) {
      return damaged(Message({"two segments overlap", "有两个段重叠"}));
    }
  }
  const LoadSegment* const text = into.segment_at(Addr(header.e_entry));
  if (text == nullptr || !text->executable) {
    return damaged(Message({"its entry is in no segment of code", "入口地址不在任何代码段内"}));
  }
  return std::nullopt;
}

}  // namespace gogoscope
