#include "asm/text/utf8.h"

#include <utf8.h>

#include <iterator>

namespace gogoscope {

Rune rune_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1, true};
  const std::uint8_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  const std::string_view bytes = text.substr(at, size);
  if (bytes.size() < size || !utf8::is_valid(bytes.begin(), bytes.end())) return {lead, 1, false};
  auto first = bytes.begin();
  return {static_cast<char32_t>(utf8::unchecked::next(first)), size, true};
}

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += rune_at(text, at).size) ++count;
  return count;
}

std::size_t byte_of_character(std::string_view text, std::size_t n) {
  std::size_t at = 0;
  for (; n > 0 && at < text.size(); --n) at += rune_at(text, at).size;
  return at;
}

bool append_rune(std::string& out, char32_t rune) {
  if (rune > 0x10ffff || (rune >= 0xd800 && rune < 0xe000)) return false;
  utf8::unchecked::append(rune, std::back_inserter(out));
  return true;
}

std::string valid_utf8(std::string_view text) {
  std::string out;
  for (const auto& [at, rune] : Runes(text)) {
    if (rune.valid) {
      out += text.substr(at, rune.size);
    } else {
      out += "\uFFFD";
    }
  }
  return out;
}

}  // namespace gogoscope
