#include "scenarios/rewrite/yaml_source.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "asm/text/printable.h"
#include "asm/text/utf8.h"

namespace gogoscope {

YamlSource::YamlSource(std::string_view text) : text_(text), starts_{0} {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') starts_.push_back(i + 1);
  }
  Problems problems("", text);
  if (std::optional<YamlNode> root = parse_yaml(text, problems)) root_ = std::move(*root);
}

std::size_t YamlSource::line_start(std::size_t byte) const {
  return *(std::ranges::upper_bound(starts_, byte) - 1);
}

std::size_t YamlSource::line_end(std::size_t byte) const {
  const std::size_t end = text_.find('\n', byte);
  return end == std::string_view::npos ? text_.size() : end + 1;
}

std::size_t YamlSource::at(const FileMark& mark) const {
  const auto line = static_cast<std::size_t>(std::max(mark.line, 1) - 1);
  if (line >= starts_.size()) return text_.size();
  const std::size_t start = starts_[line];
  return start + byte_of_character(text_.substr(start, line_end(start) - start),
                                   static_cast<std::size_t>(std::max(mark.column, 1) - 1));
}

bool YamlSource::is_flow(const YamlNode& node) const {
  const char c = at(node.mark) < text_.size() ? text_[at(node.mark)] : '\0';
  return (node.kind == YamlNode::Kind::sequence && c == '[') ||
         (node.kind == YamlNode::Kind::map && c == '{');
}

std::size_t YamlSource::end_of_quoted(std::size_t at) const {
  const char quote = text_[at++];
  while (at < text_.size()) {
    if (quote == '"' && text_[at] == '\\') {
      at += 2;
    } else if (text_[at] != quote) {
      ++at;
    } else if (quote == '\'' && text_.substr(at + 1, 1) == "'") {
      at += 2;
    } else {
      return at + 1;
    }
  }
  return text_.size();
}

namespace {

std::size_t spaces_before(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

}  // namespace

/// The byte after the last line that has something in it; nothing where more follows the `|` than how it is
/// to be read.
std::optional<std::size_t> YamlSource::end_of_block(std::size_t at) const {
  const std::size_t first = line_end(at);
  const std::string_view header = text_.substr(at, first - at);
  if (header.find_first_not_of("|>+-0123456789 \r\n") != std::string_view::npos) return std::nullopt;
  std::size_t end = first, indent = 0;
  for (std::size_t line = first; line < text_.size(); line = line_end(line)) {
    std::string_view content = text_.substr(line, line_end(line) - line);
    if (content.ends_with('\n')) content.remove_suffix(1);
    const std::size_t spaces = spaces_before(content);
    if (spaces == content.size()) continue;
    if (indent == 0) indent = spaces;
    if (spaces < indent || indent == 0) break;
    end = line + content.size();
  }
  return indent == 0 ? std::nullopt : std::optional(end);
}

/// The value as a block scalar with the indentation of the one at a byte; nothing where that would change it.
std::optional<std::string> YamlSource::as_block(std::size_t at, const std::string& value) const {
  if (value.empty() || value.front() == ' ' || value.front() == '\n' || !value.ends_with('\n') ||
      value.ends_with("\n\n") || printable_lines(value) != value)
    return std::nullopt;
  const std::string indent(spaces_before(text_.substr(line_end(at))), ' ');
  std::string out = "|";
  for (std::size_t line = 0; line < value.size();) {
    const std::size_t end = value.find('\n', line);
    out += "\n" + (end == line ? "" : indent + value.substr(line, end - line));
    line = end + 1;
  }
  return out;
}

std::optional<std::size_t> YamlSource::end_of_flow(std::size_t at) const {
  int depth = 0;
  bool token_starts = true;  // only there a quote is one
  while (at < text_.size()) {
    const char c = text_[at];
    if (token_starts && (c == '"' || c == '\'')) {
      at = end_of_quoted(at);
      token_starts = false;
      continue;
    }
    if (c == '#' && at > 0 && std::string_view(" \t\n").find(text_[at - 1]) != std::string_view::npos) {
      at = line_end(at);
      continue;
    }
    if (c == '[' || c == '{') ++depth;
    if ((c == ']' || c == '}') && --depth == 0) return at + 1;
    const bool space = std::string_view(" \t\n\r").find(c) != std::string_view::npos;
    token_starts = std::string_view("[{,:").find(c) != std::string_view::npos || (space && token_starts);
    ++at;
  }
  return std::nullopt;
}

std::optional<std::size_t> YamlSource::end_of(const YamlNode& node) const {
  const std::size_t start = at(node.mark);
  if (node.kind == YamlNode::Kind::null) return start;
  if (node.kind == YamlNode::Kind::scalar) {
    if (node.style == '"' || node.style == '\'') return end_of_quoted(start);
    if (node.style == '|' || node.style == '>') return end_of_block(start);
    if (node.style != 0 || text_.substr(start, node.value.size()) != node.value) return std::nullopt;
    return start + node.value.size();
  }
  if (is_flow(node)) return end_of_flow(start);
  if (node.kind == YamlNode::Kind::sequence) return node.items.empty() ? start : end_of(node.items.back());
  return node.entries.empty() ? start : end_of(node.entries.back().value);
}

std::optional<TextEdit> YamlSource::replaced(const YamlNode& scalar, const std::string& value) const {
  const std::optional<std::size_t> end = end_of(scalar);
  if (scalar.kind != YamlNode::Kind::scalar || !end) return std::nullopt;
  const std::size_t start = at(scalar.mark);
  std::string text = yaml_scalar(value);
  const bool plain = value.find_first_of("'\"\\\n") == std::string::npos;
  if (scalar.style == '\'' && plain) text = "'" + value + "'";
  if (scalar.style == '"' && plain) text = "\"" + value + "\"";
  if (scalar.style == '|') text = as_block(start, value).value_or(text);
  return TextEdit{start, *end - start, std::move(text)};
}

std::string yaml_scalar(const std::string& text) {
  const bool plain =
      !text.empty() && std::string_view(" -?:,[]{}#&*!|>'\"%@`~").find(text[0]) == std::string_view::npos &&
      text.find_first_of("[]{},\n\"") == std::string::npos && text.find(": ") == std::string::npos &&
      text.find(" #") == std::string::npos && !text.ends_with(':') && !text.ends_with(' ');
  const bool negative = text.size() > 1 && text[0] == '-' && text[1] >= '0' && text[1] <= '9';
  if (plain || (negative && text.find_first_not_of("-0123456789") == std::string::npos)) return text;
  return nlohmann::json(text).dump();
}

}  // namespace gogoscope
