// Numbers, characters and strings: from their spelling to their value.
#include <cstdlib>
#include <string>

#include "asm/lexer.h"
#include "asm/text/ascii.h"

namespace plan9 {

using gogoscope::is_digit;

namespace {

// 99 for what is not a digit in any base.
int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

}  // namespace

bool unquote(std::string_view quoted, std::string& bytes) {
  bytes.clear();
  const std::string_view body = quoted.substr(1, quoted.size() - 2);
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (body[i] != '\\') {
      bytes += body[i];
      continue;
    }
    ++i;  // the lexer ends no text at a backslash
    // \x41 and \101 are bytes, \u00b7 is a character.
    const auto digits = [&](std::size_t count, int base, std::uint32_t& value) {
      value = 0;
      if (i + count > body.size()) return false;
      for (std::size_t k = 0; k < count; ++k) {
        const int digit = hex_value(body[i + k]);
        if (digit >= base) return false;
        value = value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit);
      }
      i += count - 1;
      return true;
    };
    std::uint32_t value = 0;
    switch (body[i]) {
      case 'a':
        bytes += '\a';
        break;
      case 'b':
        bytes += '\b';
        break;
      case 'f':
        bytes += '\f';
        break;
      case 'n':
        bytes += '\n';
        break;
      case 'r':
        bytes += '\r';
        break;
      case 't':
        bytes += '\t';
        break;
      case 'v':
        bytes += '\v';
        break;
      case '\\':
        bytes += '\\';
        break;
      case '\'':
        bytes += '\'';
        break;
      case '"':
        bytes += '"';
        break;
      case 'x':
        ++i;
        if (!digits(2, 16, value)) return false;
        bytes += static_cast<char>(value);
        break;
      case 'u':
        ++i;
        if (!digits(4, 16, value) || !gogoscope::append_rune(bytes, value)) return false;
        break;
      case 'U':
        ++i;
        if (!digits(8, 16, value) || !gogoscope::append_rune(bytes, value)) return false;
        break;
      default:
        if (!digits(3, 8, value) || value > 255) return false;
        bytes += static_cast<char>(value);
    }
  }
  return true;
}

void read_number(Token& token) {
  std::string digits;
  for (const char c : token.text) {
    if (c != '_') digits += c;
  }
  int base = 10;
  std::size_t begin = 0;
  if (digits.size() > 1 && digits[0] == '0') {
    const char kind = static_cast<char>(digits[1] | 0x20);
    base = kind == 'x' ? 16 : kind == 'b' ? 2 : 8;
    begin = kind == 'x' || kind == 'b' || kind == 'o' ? 2 : 1;
  }
  if (base == 10 || digits.find('.') != std::string::npos) {
    if (digits.find_first_of(".eE") != std::string::npos &&
        digits.find_first_not_of("0123456789.eE+-") == std::string::npos) {
      char* end = nullptr;
      (void)std::strtod(digits.c_str(), &end);
      token.kind = *end == '\0' ? TokenKind::real : TokenKind::end;
      return;
    }
  }
  std::uint64_t value = 0;
  bool sound = begin < digits.size();
  for (std::size_t i = begin; i < digits.size() && sound; ++i) {
    const int digit = hex_value(digits[i]);
    sound = digit < base &&
            value <= (~std::uint64_t{0} - static_cast<std::uint64_t>(digit)) / static_cast<unsigned>(base);
    value = value * static_cast<unsigned>(base) + static_cast<std::uint64_t>(digit);
  }
  token.value = value;
  if (!sound) token.kind = TokenKind::end;
}

}  // namespace plan9
