// .go.buildinfo: which release has built the program.
#include <cstring>

#include "emu/elf/elf_file.h"

namespace gogoscope {
namespace {

// debug/buildinfo of Go: a magic of 14 bytes, the size of a pointer, flags. With the flag for strings in
// place (from Go 1.18 on) a length as a varint and the text follow at 32; else there are pointers to two
// strings.
constexpr std::string_view kMagic("\xff Go buildinf:", 14);
constexpr std::size_t kFlags = 15, kPointers = 16, kInline = 32;
constexpr unsigned kStringsInPlace = 2;

std::uint64_t word(std::string_view bytes, std::size_t at) {
  std::uint64_t value = 0;
  if (bytes.size() >= at + sizeof value) std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

std::string_view varint_text(std::string_view bytes) {
  std::uint64_t size = 0;
  for (unsigned i = 0; i < 4 && i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    size |= std::uint64_t{byte & 0x7fU} << (7 * i);
    if ((byte & 0x80U) == 0) return bytes.substr(i + 1).substr(0, size);
  }
  return {};
}

}  // namespace

std::string go_release(const ElfFile& file) {
  const std::string_view info = file.contents(".go.buildinfo");
  if (info.size() < kInline || info.substr(0, kMagic.size()) != kMagic) return {};
  std::string_view text;
  if ((static_cast<unsigned char>(info[kFlags]) & kStringsInPlace) != 0) {
    text = varint_text(info.substr(kInline));
  } else {
    const std::string_view header = file.memory(word(info, kPointers), 16);
    if (word(header, 8) < 256) text = file.memory(word(header, 0), word(header, 8));
  }
  // "go1.19.8 X:regabi", "devel go1.20-1234abcd Mon ..."
  const std::size_t start = text.find("go1.");
  if (start == std::string_view::npos) return {};
  text = text.substr(start, 32);
  return std::string(text.substr(0, text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-+")));
}

}  // namespace gogoscope
