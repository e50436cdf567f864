#include "scenarios/told/wrapped.h"

#include "asm/utf8.h"

namespace gogoscope {
namespace {

/// Cells that a character takes in a terminal.
int cells(char32_t rune) { return plan9::is_wide(rune) ? 2 : 1; }

}  // namespace

std::vector<std::string> wrapped(std::string_view text, int width) {
  std::vector<std::string> lines(1);
  std::string word;
  int used = 0, word_cells = 0;
  const auto flush = [&] {
    if (used + word_cells > width && used > 0) {
      while (!lines.back().empty() && lines.back().back() == ' ') lines.back().pop_back();
      lines.emplace_back();
      used = 0;
      if (!word.empty() && word[0] == ' ') {
        word.erase(0, 1);
        --word_cells;
      }
    }
    lines.back() += word;
    used += word_cells;
    word.clear();
    word_cells = 0;
  };
  for (std::size_t at = 0; at < text.size();) {
    const plan9::Rune rune = plan9::rune_at(text, at);
    // A Chinese full stop or comma never starts a line.
    const bool closing = rune.value == U'，' || rune.value == U'。' || rune.value == U'；' ||
                         rune.value == U'：' || rune.value == U'）' || rune.value == U'、' ||
                         rune.value == U'”';
    if ((rune.value == ' ' || plan9::is_wide(rune.value)) && !closing) flush();
    word += text.substr(at, rune.size);
    word_cells += cells(rune.value);
    at += rune.size;
  }
  flush();
  return lines;
}

}  // namespace gogoscope
