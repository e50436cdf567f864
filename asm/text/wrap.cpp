#include "asm/text/wrap.h"

#include <linebreak.h>

#include <string>

#include "asm/text/printable.h"
#include "asm/text/utf8.h"

namespace gogoscope {
namespace {

struct Break {
  std::size_t at;  ///< the byte at which the next line starts
  bool must;
};

bool letter(utf32_t rune) {
  return (rune >= 'a' && rune <= 'z') || (rune >= 'A' && rune <= 'Z') || rune >= 0x80;
}

/// Where lines may end, in order; the last one is the end of the text.
std::vector<Break> breaks_of(std::string_view text) {
  static const bool ready = (init_linebreak(), true);
  static_cast<void>(ready);
  std::vector<utf32_t> runes;
  std::vector<std::size_t> ends;
  bool wide = false;
  for (const auto& [at, rune] : Runes(text)) {
    runes.push_back(rune.valid ? rune.value : 0xfffd);
    ends.push_back(at + rune.size);
    wide = wide || columns(rune.value) == 2;
  }
  std::vector<char> kinds(runes.size());
  // The language says only which of the curled quotation marks open and which close.
  set_linebreaks_utf32(runes.data(), runes.size(), wide ? "zh" : "en", kinds.data());
  std::vector<Break> out;
  for (std::size_t i = 0; i + 1 < runes.size(); ++i) {
    if (kinds[i] != LINEBREAK_MUSTBREAK && kinds[i] != LINEBREAK_ALLOWBREAK) continue;
    // The rules know hyphens between words, not arrows and options: "->", "--at" stay in one piece.
    const bool in_words = i > 0 && letter(runes[i - 1]) && letter(runes[i + 1]);
    if (runes[i] == '-' && !in_words) continue;
    out.push_back({ends[i], kinds[i] == LINEBREAK_MUSTBREAK});
  }
  if (!runes.empty()) out.push_back({text.size(), runes.back() == '\n'});
  return out;
}

std::string_view without_end(std::string_view line) {
  return line.substr(0, line.find_last_not_of(" \t\r\n") + 1);
}

}  // namespace

std::vector<std::string_view> wrap(std::string_view text, float width,
                                   const std::function<float(std::string_view)>& measure) {
  std::vector<std::string_view> lines;
  std::size_t start = 0;
  std::size_t fits = 0;  // the last break of this line that its text still fits before
  const auto piece = [&](std::size_t end) { return without_end(text.substr(start, end - start)); };
  const auto end_line = [&](std::size_t end) {
    lines.push_back(piece(end));
    start = fits = end;
  };
  for (const Break& place : breaks_of(text)) {
    while (measure(piece(place.at)) > width) {
      if (fits > start) {
        end_line(fits);
        continue;
      }
      std::size_t end = start + rune_at(text, start).size;
      while (true) {
        const std::size_t next = end + rune_at(text, end).size;
        if (next >= place.at || measure(piece(next)) > width) break;
        end = next;
      }
      if (end >= start + piece(place.at).size()) break;
      end_line(end);
    }
    fits = place.at;
    if (place.must) end_line(place.at);
  }
  if (start < text.size()) lines.push_back(piece(text.size()));
  return lines;
}

std::vector<std::string_view> wrap(std::string_view text, int columns) {
  return wrap(text, static_cast<float>(columns), [columns](std::string_view piece) {
    // No character takes more columns than bytes: most pieces need not be looked at.
    const bool fits = piece.size() <= static_cast<std::size_t>(columns);
    return static_cast<float>(fits ? static_cast<int>(piece.size()) : gogoscope::columns(piece));
  });
}

}  // namespace gogoscope
