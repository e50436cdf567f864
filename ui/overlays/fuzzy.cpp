#include "ui/overlays/fuzzy.h"

#include <algorithm>
#include <limits>

#include "asm/text/utf8.h"

namespace gogoscope {
namespace {

constexpr std::size_t kMostCharacters = 200;
constexpr int kSideBySide = 8;
constexpr int kWordStart = 8;
constexpr int kTextStart = 4;  // on top of kWordStart
constexpr int kWorstGap = 3;   // a gap costs its length, up to this
constexpr int kLeastPerLetter = 3;
constexpr int kNever = std::numeric_limits<int>::min() / 2;

struct Character {
  std::uint32_t code = 0;  ///< letters in lower case
  std::uint16_t at = 0;
  bool upper = false;
};

std::vector<Character> split(std::string_view text) {
  std::vector<Character> all;
  for (const auto& [at, rune] : Runes(text)) {
    if (all.size() == kMostCharacters) break;
    Character c{rune.value, static_cast<std::uint16_t>(at), rune.value >= 'A' && rune.value <= 'Z'};
    if (c.upper) c.code += 'a' - 'A';
    all.push_back(c);
  }
  return all;
}

bool letter(std::uint32_t code) { return (code >= 'a' && code <= 'z') || code >= 0x80; }
bool digit(std::uint32_t code) { return code >= '0' && code <= '9'; }

bool begins_word(const std::vector<Character>& text, std::size_t i) {
  if (i == 0) return true;
  const Character& before = text[i - 1];
  const Character& here = text[i];
  if (!letter(here.code) && !digit(here.code)) return false;
  if (!letter(before.code) && !digit(before.code)) return true;
  return here.code >= 0x80 || before.code >= 0x80 || (here.upper && !before.upper) ||
         digit(here.code) != digit(before.code);
}

}  // namespace

std::optional<FuzzyMatch> fuzzy(std::string_view typed, std::string_view text) {
  std::vector<Character> wanted = split(typed);
  std::erase_if(wanted, [](const Character& c) { return c.code == ' '; });
  if (wanted.empty()) return FuzzyMatch{};
  const std::vector<Character> all = split(text);
  // Most texts fall out here.
  std::size_t found = 0;
  for (const Character& c : all) {
    if (found < wanted.size() && c.code == wanted[found].code) ++found;
  }
  if (found < wanted.size()) return std::nullopt;

  // best[i][j]: the best score of the letters up to i, the last of them at j; from[i][j]: where the one
  // before it is used then.
  const std::size_t n = wanted.size();
  const std::size_t m = all.size();
  std::vector<int> best(n * m, kNever);
  std::vector<std::uint16_t> from(n * m, 0);
  for (std::size_t i = 0; i < n; ++i) {
    int far = kNever;  // the best of the row above that is further back than the gaps which count
    std::size_t far_at = 0;
    for (std::size_t j = i; j < m; ++j) {
      int before = i == 0 ? 0 : kNever;
      std::size_t before_at = 0;
      if (i > 0) {
        const int* row = &best[(i - 1) * m];
        if (j > kWorstGap && row[j - kWorstGap - 1] > far) {
          far = row[j - kWorstGap - 1];
          far_at = j - kWorstGap - 1;
        }
        before = far - kWorstGap;
        before_at = far_at;
        for (std::size_t gap = 0; gap < kWorstGap && gap < j; ++gap) {
          const int score = row[j - 1 - gap] + (gap == 0 ? kSideBySide : -static_cast<int>(gap));
          if (score > before) {
            before = score;
            before_at = j - 1 - gap;
          }
        }
      }
      if (all[j].code != wanted[i].code || before < kNever / 2) continue;
      const int word = begins_word(all, j) ? kWordStart + (j == 0 ? kTextStart : 0) : 0;
      // A letter beside the one before gains nothing from beginning a word as well.
      const bool beside = i > 0 && before_at + 1 == j;
      best[i * m + j] = before + (beside ? 0 : word);
      from[i * m + j] = static_cast<std::uint16_t>(before_at);
    }
  }
  const auto last = best.end() - static_cast<std::ptrdiff_t>(m);
  const auto top = std::max_element(last, best.end());
  // One letter may stand anywhere; two must stand side by side or begin words.
  const int least = n == 1 ? 0 : n == 2 ? kSideBySide : kLeastPerLetter * static_cast<int>(n);
  if (*top < least) return std::nullopt;
  FuzzyMatch match;
  match.at.resize(n);
  auto j = static_cast<std::size_t>(top - last);
  bool same_case = true;
  for (std::size_t i = n; i-- > 0;) {
    match.at[i] = all[j].at;
    same_case = same_case && all[j].upper == wanted[i].upper;
    j = from[i * m + j];
  }
  // Among equals the shorter text comes first, then the one in the same case: goexit, Goexit.
  match.score =
      (*top * 64 - static_cast<int>(std::min<std::size_t>(m - n, 63))) * 2 + static_cast<int>(same_case);
  return match;
}

std::optional<std::vector<std::uint16_t>> word_matches(std::string_view typed, std::string_view text) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  const auto same = [&](char a, char b) { return lower(a) == lower(b); };
  std::vector<std::uint16_t> at;
  while (!typed.empty()) {
    const std::size_t end = std::min(typed.find(' '), typed.size());
    const std::string_view word = typed.substr(0, end);
    typed.remove_prefix(std::min(end + 1, typed.size()));
    const auto found = std::search(text.begin(), text.end(), word.begin(), word.end(), same);
    if (found == text.end()) return std::nullopt;
    const auto first = static_cast<std::size_t>(found - text.begin());
    for (std::size_t i = first; i < first + word.size(); i += rune_at(text, i).size) {
      at.push_back(static_cast<std::uint16_t>(i));
    }
  }
  std::sort(at.begin(), at.end());
  at.erase(std::unique(at.begin(), at.end()), at.end());
  return at;
}

}  // namespace gogoscope
