#include "asm/text/printable.h"

#include <fmt/format.h>

#include <algorithm>

#include "asm/text/utf8.h"

namespace gogoscope {

bool is_control(char32_t rune) {
  return (rune < 0x20 && rune != '\t') || (rune >= 0x7f && rune < 0xa0) || rune == 0x061c ||
         (rune >= 0x200b && rune <= 0x200f) || (rune >= 0x2028 && rune <= 0x202e) ||
         (rune >= 0x2060 && rune <= 0x206f) || rune == 0xfeff;
}

std::string printable(std::string_view text) {
  // Nearly every text is plain: nothing to look at one by one.
  const auto is_plain = [](char c) { return (c >= 0x20 && c < 0x7f) || c == '\t'; };
  if (std::ranges::all_of(text, is_plain)) return std::string(text);
  std::string out;
  for (const auto& [at, rune] : Runes(text)) {
    if (!rune.valid || is_control(rune.value)) {
      out += "\uFFFD";
    } else {
      out += text.substr(at, rune.size);
    }
  }
  return out;
}

namespace {

std::string joined_lines(std::string_view text, std::string_view between) {
  std::string out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (at > 0) out += between;
    out += printable(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

}  // namespace

std::string printable_lines(std::string_view text) { return joined_lines(text, "\n"); }

std::string on_one_line(std::string_view text) { return joined_lines(text, " / "); }

std::string column_text(std::string_view text) {
  std::string out = printable(text);
  std::replace(out.begin(), out.end(), '\t', ' ');
  return out;
}

std::string shortened(std::string_view text) {
  constexpr std::size_t kMost = 60;
  if (text.size() <= kMost) return printable(text);
  std::size_t end = 0;
  while (end < kMost - 3) end += rune_at(text, end).size;
  return printable(text.substr(0, end)) + "...";
}

std::string in_quotes(std::string_view text) { return "'" + shortened(text) + "'"; }

std::string escaped(std::string_view text, std::size_t most) {
  std::string out = "\"";
  for (const auto& [at, rune] : Runes(text)) {
    if (at >= most) return out + "\"...";
    const std::string_view bytes = text.substr(at, rune.size);
    if (bytes == "\n") {
      out += "\\n";
    } else if (bytes == "\t") {
      out += "\\t";
    } else if (bytes == "\"" || bytes == "\\") {
      out += '\\';
      out += bytes;
    } else if (rune.valid && !is_control(rune.value)) {
      out += bytes;
    } else if (rune.valid && rune.size > 1) {
      out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(rune.value));
    } else {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(bytes.front()));
    }
  }
  return out + "\"";
}

int columns(char32_t rune) {
  const bool wide = (rune >= 0x1100 && rune <= 0x115f) || (rune >= 0x2e80 && rune <= 0xa4cf) ||
                    (rune >= 0xac00 && rune <= 0xd7a3) || (rune >= 0xf900 && rune <= 0xfaff) ||
                    (rune >= 0xfe30 && rune <= 0xfe6f) || (rune >= 0xff00 && rune <= 0xff60) ||
                    (rune >= 0xffe0 && rune <= 0xffe6) || (rune >= 0x1f300 && rune <= 0x1faff) ||
                    (rune >= 0x20000 && rune <= 0x3fffd);
  return wide ? 2 : 1;
}

int columns(std::string_view text) {
  int sum = 0;
  for (const auto& [at, rune] : Runes(text)) sum += rune.valid ? columns(rune.value) : 1;
  return sum;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

}  // namespace gogoscope
