#include "ui/panels/yaml_colours.h"

#include <algorithm>

namespace gogoscope {
namespace {

/// Where the comment begins, if there is one: a # at the start or after a space, outside quotes.
std::size_t comment_at(std::string_view line) {
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != 0) {
      if (c == '\\' && quote == '"') ++i;
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') &&
               (i == 0 || line[i - 1] == ' ' || line[i - 1] == '[' || line[i - 1] == '{')) {
      quote = c;
    } else if (c == '#' && (i == 0 || line[i - 1] == ' ')) {
      return i;
    }
  }
  return line.size();
}

bool ends_key(std::string_view line, std::size_t colon) {
  return colon + 1 == line.size() || line[colon + 1] == ' ';
}

/// Whether the value of the line is a block of text: it ends with | or >, and what may follow those.
bool opens_block(std::string_view code) {
  while (!code.empty() && code.back() == ' ') code.remove_suffix(1);
  const std::size_t sign = code.find_last_of("|>");
  if (sign == std::string_view::npos || sign == 0) return false;
  return (code[sign - 1] == ' ' || code[sign - 1] == ':') &&
         code.find_first_not_of("+-0123456789", sign + 1) == std::string_view::npos;
}

}  // namespace

std::vector<Span> YamlColours::next_line(std::string_view line) {
  std::vector<Span> spans;
  const auto add = [&](std::size_t from, std::size_t to, Color color) {
    if (to > from) spans.push_back({line.substr(from, to - from), color});
  };
  const std::size_t first = line.find_first_not_of(' ');
  if (block_indent_ >= 0) {
    // A block continues over empty lines, and as long as the lines are indented further.
    if (first == std::string_view::npos || static_cast<int>(first) > block_indent_) {
      const std::size_t comment = std::min(line.find("//"), line.size());
      add(0, comment, Color::text);
      add(comment, line.size(), Color::text_dim);
      return spans;
    }
    block_indent_ = -1;
  }
  const std::size_t comment = comment_at(line);
  std::size_t plain = 0;  // start of what has no colour of its own yet
  std::size_t at = 0;
  bool key_may_come = true;
  while (at < comment) {
    const char c = line[at];
    if (c == '"' || c == '\'') {
      const std::size_t close = std::min(line.find(c, at + 1), comment - 1);
      add(plain, at, Color::text_soft);
      add(at, close + 1, Color::green);
      plain = at = close + 1;
      key_may_come = false;
      continue;
    }
    if (c == '{' || c == ',' || c == '[' || c == '-' || c == ' ') {
      // Behind these a key may begin: {g: g2, from: dead}.
      if (c == '{' || c == ',') key_may_come = true;
      ++at;
      continue;
    }
    std::size_t end = std::min(line.find_first_of(":,{}[]\"", at), comment);
    while (end < comment && line[end] == ':' && !ends_key(line, end))
      end = std::min(line.find_first_of(":,{}[]\"", end + 1), comment);
    if (key_may_come && end < comment && line[end] == ':') {
      add(plain, at, Color::text_soft);
      add(at, end, Color::blue);
      plain = end;
    }
    key_may_come = false;
    at = std::max(end, at + 1);
  }
  add(plain, comment, Color::text);
  add(comment, line.size(), Color::text_dim);
  if (opens_block(line.substr(0, comment))) block_indent_ = static_cast<int>(std::min(first, line.size()));
  return spans;
}

}  // namespace gogoscope
