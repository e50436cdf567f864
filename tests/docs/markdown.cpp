#include "tests/docs/markdown.h"

#include <sstream>

namespace gogoscope::docs {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string trim(std::string text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  text = text.substr(first, text.find_last_not_of(' ') - first + 1);
  if (text.size() > 1 && text.front() == '`' && text.find('`', 1) == text.size() - 1)
    text = text.substr(1, text.size() - 2);
  return text;
}

/// The cells of "| a | b |"; a bar in backticks belongs to its cell.
Row cells(const std::string& line) {
  Row row;
  std::string cell;
  bool code = false;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '`') code = !code;
    if (line[i] != '|' || code) {
      cell += line[i];
      continue;
    }
    row.push_back(trim(cell));
    cell.clear();
  }
  return row;
}

/// Without fenced blocks: drawings and commands.
std::string prose(std::string_view markdown) {
  std::string text;
  bool fenced = false;
  for (const std::string& line : lines_of(markdown)) {
    const auto start = line.find_first_not_of(' ');
    if (start != std::string::npos && line.compare(start, 3, "```") == 0) {
      fenced = !fenced;
    } else if (!fenced) {
      text += line + '\n';
    }
  }
  return text;
}

}  // namespace

std::vector<Row> table(std::string_view markdown, std::string_view first_cell) {
  std::vector<Row> rows;
  int inside = 0;
  for (const std::string& line : lines_of(markdown)) {
    const bool bar = !line.empty() && line.front() == '|';
    if (inside == 0) {
      if (bar && !cells(line).empty() && cells(line).front() == first_cell) inside = 1;
    } else if (!bar) {
      break;
    } else if (++inside > 2) {  // the second line draws the rule below the header
      rows.push_back(cells(line));
    }
  }
  return rows;
}

std::vector<std::string> code_spans(std::string_view markdown) {
  std::vector<std::string> spans;
  const std::string text = prose(markdown);
  for (std::size_t at = text.find('`'); at != std::string::npos; at = text.find('`', at)) {
    const std::size_t end = text.find('`', at + 1);
    if (end == std::string::npos) break;
    spans.push_back(text.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return spans;
}

std::vector<std::string> links(std::string_view markdown) {
  std::vector<std::string> targets;
  const std::string text = prose(markdown);
  for (std::size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at + 2)) {
    const std::size_t end = text.find_first_of(")\n", at);
    if (end != std::string::npos && text[end] == ')') targets.push_back(text.substr(at + 2, end - at - 2));
  }
  return targets;
}

}  // namespace gogoscope::docs
