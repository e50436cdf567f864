#include "ui/highlight.h"

#include <algorithm>
#include <array>

namespace gogoscope {
namespace {

constexpr std::array<std::string_view, 20> kGoKeywords{
    "break", "case", "continue", "default", "defer",  "else",   "false",  "for",  "func", "go",
    "goto",  "if",   "nil",      "range",   "return", "switch", "struct", "true", "type", "var"};

bool word_char(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u >= 0x80 || u == '_' || (u >= '0' && u <= '9') || (u >= 'A' && u <= 'Z') || (u >= 'a' && u <= 'z');
}

}  // namespace

std::vector<Span> highlight(std::string_view line, SourceFile::Language language) {
  std::vector<Span> spans;
  std::size_t plain = 0;  // start of what has no colour of its own yet
  const auto emit = [&](std::size_t from, std::size_t to, Color color) {
    if (from > plain) spans.push_back({line.substr(plain, from - plain), Color::text});
    if (to > from) spans.push_back({line.substr(from, to - from), color});
    plain = to;
  };
  bool first_word = true;
  std::size_t at = 0;
  while (at < line.size()) {
    if (line.substr(at, 2) == "//") {
      emit(at, line.size(), Color::text_dim);
      break;
    }
    if (line[at] == '"') {
      std::size_t end = line.find('"', at + 1);
      end = end == std::string_view::npos ? line.size() : end + 1;
      emit(at, end, Color::green);
      at = end;
      continue;
    }
    if (!word_char(line[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < line.size() && word_char(line[end])) ++end;
    const std::string_view word = line.substr(at, end - at);
    if (language == SourceFile::Language::go) {
      if (std::find(kGoKeywords.begin(), kGoKeywords.end(), word) != kGoKeywords.end()) {
        emit(at, end, Color::purple);
      }
    } else if (first_word && line.substr(end, 1) != ":") {
      emit(at, end,
           word == "TEXT" || word == "CALL" || word == "JMP" || word == "RET" ? Color::purple : Color::blue);
    }
    first_word = false;
    at = end;
  }
  emit(line.size(), line.size(), Color::text);
  return spans;
}

}  // namespace gogoscope
