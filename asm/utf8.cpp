#include "asm/utf8.h"

namespace plan9 {

Rune rune_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {lead, 1, true};
  const std::uint8_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  const Rune stray{lead, 1, false};
  if (lead < 0xc2 || lead > 0xf4 || at + size > text.size()) return stray;
  char32_t value = lead & (0xffu >> (size + 1));
  for (std::uint8_t i = 1; i < size; ++i) {
    if ((byte(at + i) & 0xc0) != 0x80) return stray;
    value = value << 6 | (byte(at + i) & 0x3fu);
  }
  const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
  const bool surrogate = value >= 0xd800 && value < 0xe000;
  if (overlong || surrogate || value > 0x10ffff) return stray;
  return {value, size, true};
}

bool is_wide(char32_t rune) {
  return (rune >= 0x1100 && rune <= 0x115f) || (rune >= 0x2e80 && rune <= 0xa4cf) ||
         (rune >= 0xac00 && rune <= 0xd7a3) || (rune >= 0xf900 && rune <= 0xfaff) ||
         (rune >= 0xfe30 && rune <= 0xfe6f) || (rune >= 0xff00 && rune <= 0xff60) ||
         (rune >= 0xffe0 && rune <= 0xffe6) || (rune >= 0x1f300 && rune <= 0x1faff) ||
         (rune >= 0x20000 && rune <= 0x3fffd);
}

bool is_control(char32_t rune) {
  // Beside C0 and C1: line separators and the marks that turn the writing direction.
  return (rune < 0x20 && rune != '\t') || (rune >= 0x7f && rune < 0xa0) ||
         (rune >= 0x200b && rune <= 0x200f) || (rune >= 0x2028 && rune <= 0x202e) ||
         (rune >= 0x2066 && rune <= 0x2069) || rune == 0xfeff;
}

std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Rune rune = rune_at(text, at);
    if (!rune.valid || is_control(rune.value)) {
      out += '?';
    } else {
      out += text.substr(at, rune.size);
    }
    at += rune.size;
  }
  return out;
}

std::string shortened(std::string_view text) {
  constexpr std::size_t kMost = 60;
  if (text.size() <= kMost) return printable(text);
  std::size_t end = 0;
  while (end < kMost - 3) end += rune_at(text, end).size;
  return printable(text.substr(0, end)) + "...";
}

}  // namespace plan9
