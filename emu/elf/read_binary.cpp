#include "emu/elf/binary.h"
#include "emu/elf/binary_bytes.h"
#include "emu/elf/dwarf_file.h"
#include "emu/elf/elf_file.h"
#include "emu/elf/limited_process.h"
#include "emu/elf/wrong.h"

namespace gogoscope {

std::variant<Binary, Message> read_binary_here(std::string_view bytes) {
  if (bytes.size() > kMaxBinaryBytes) {
    return Message({"it has more than {n} MB", "它超过 {n} MB"}, {{"n", kMaxBinaryBytes >> 20}});
  }
  if (auto why = refusal_of_header(bytes)) return *why;
  const std::optional<ElfFile> file = ElfFile::open(bytes);
  if (!file) return damaged(Message({"its headers cannot be read", "无法读取文件头"}));
  if (auto why = refusal_of_size(*file)) return *why;
  if (auto why = refusal(*file)) return *why;
  Binary binary;
  binary.go = go_release(*file);
  if (binary.go.empty()) {
    return Message({"it does not say which release of Go has built it", "它没有说明由哪个版本的 Go 构建"});
  }
  if (auto why = read_segments(*file, binary)) return *why;
  if (auto why = read_symbols(*file, binary)) return *why;
  const std::optional<DwarfFile> dwarf = DwarfFile::open(*file);
  if (!dwarf) return damaged_dwarf("debug_info");
  if (auto why = read_lines(*dwarf, binary)) return *why;
  if (auto why = read_inlined(*dwarf, binary)) return *why;
  if (auto why = read_frames(*dwarf, binary)) return *why;
  if (auto why = read_types(*dwarf, binary)) return *why;
  return binary;
}

std::variant<Binary, Message> read_binary(std::string_view bytes) {
  // What has no ELF file in it needs no process.
  if (auto why = refusal_of_header(bytes)) return *why;
  auto answer = in_limited_process([&] { return binary_bytes(read_binary_here(bytes)); });
  if (auto* const why = std::get_if<Message>(&answer)) return std::move(*why);
  return binary_from_bytes(std::get<std::string>(answer));
}

}  // namespace gogoscope
