#include "ui/wrap.h"

#include "ui/draw.h"

namespace gogoscope {
namespace {

std::size_t next_character(std::string_view text, std::size_t at) {
  ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  return at;
}

/// Three bytes and more: Chinese, in the texts that we show.
bool wide(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]) >= 0xE3; }

bool closing(std::string_view character) {
  for (const std::string_view mark :
       {"，", "。", "、", "；", "：", "！", "？", "）", "”", "」", "》", ",", "."}) {
    if (character == mark) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string_view> wrap(ImFont* font, std::string_view text, float width) {
  std::vector<std::string_view> lines;
  std::size_t start = 0;
  std::size_t last_break = 0;  // where a line may end, at the latest so far
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t next = next_character(text, at);
    if (text[at] == '\n') {
      lines.push_back(text.substr(start, at - start));
      start = last_break = at = next;
      continue;
    }
    const bool space = text[at] == ' ';
    if (!space && draw::measure(font, text.substr(start, next - start)).x > width && at > start) {
      const std::size_t end = last_break > start ? last_break : at;
      const std::size_t blank = text[end - 1] == ' ' ? 1 : 0;  // it would make the line too wide
      lines.push_back(text.substr(start, end - start - blank));
      start = last_break = end;
      continue;
    }
    // A line may end here, unless the next one would begin with a full stop.
    const bool before_closing =
        next < text.size() && closing(text.substr(next, next_character(text, next) - next));
    if (space || (!before_closing && (wide(text, at) || (next < text.size() && wide(text, next)))))
      last_break = next;
    at = next;
  }
  if (start < text.size()) lines.push_back(text.substr(start));
  return lines;
}

}  // namespace gogoscope
