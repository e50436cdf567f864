// Conditions as they are written in lines of Go.
#include <algorithm>
#include <array>

#include "scenarios/told/outcome.h"

namespace gogoscope {
namespace {

std::string_view bare(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

/// Where a word is outside of parentheses; npos if nowhere.
std::size_t find_outside(std::string_view text, std::string_view word) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(' || text[i] == '[') ++depth;
    if (text[i] == ')' || text[i] == ']') --depth;
    if (depth == 0 && text.substr(i, word.size()) == word) return i;
  }
  return std::string_view::npos;
}

std::vector<std::string_view> split_outside(std::string_view text, std::string_view word) {
  std::vector<std::string_view> parts;
  for (std::size_t at = find_outside(text, word); at != std::string_view::npos;
       at = find_outside(text, word)) {
    parts.push_back(bare(text.substr(0, at)));
    text.remove_prefix(at + word.size());
  }
  parts.push_back(bare(text));
  return parts;
}

GoComparison comparison_of(std::string_view text) {
  // The two-letter ones first: "<=" has a "<" in it.
  for (const std::string_view op : {"==", "!=", "<=", ">=", "<", ">"}) {
    const std::size_t at = find_outside(text, op);
    if (at == std::string_view::npos) continue;
    return {std::string(bare(text.substr(0, at))), std::string(op),
            std::string(bare(text.substr(at + op.size()))), false};
  }
  const bool negated = text.starts_with('!');
  return {std::string(negated ? text.substr(1) : text), "", "", negated};
}

}  // namespace

std::optional<GoCondition> condition_of(std::string_view line) {
  line = bare(line.substr(0, line.find(" // ")));
  if (line.starts_with("} else ")) line.remove_prefix(7);
  if (line.starts_with("else ")) line.remove_prefix(5);
  const bool loop = line.starts_with("for ");
  if (!loop && !line.starts_with("if ")) return std::nullopt;
  line.remove_prefix(loop ? 4 : 3);
  const std::size_t brace = find_outside(line, " {");
  if (brace == std::string_view::npos) return std::nullopt;
  line = line.substr(0, brace);
  if (line.find(" range ") != std::string_view::npos) return std::nullopt;

  GoCondition condition;
  const std::vector<std::string_view> statements = split_outside(line, ";");
  if (statements.size() > 3) return std::nullopt;
  if (statements.size() > 1) {
    // What comes before is one slot where it is an assignment without a call.
    const std::string_view before = statements.front();
    if (before.find('(') != std::string_view::npos) return std::nullopt;
    condition.first = before.empty() ? 0 : 1;
    line = loop ? statements[1] : statements.back();
  }
  condition.any = find_outside(line, "||") != std::string_view::npos;
  if (condition.any && find_outside(line, "&&") != std::string_view::npos) return std::nullopt;
  for (const std::string_view part : split_outside(line, condition.any ? "||" : "&&")) {
    if (part.empty() || part.starts_with('(')) return std::nullopt;
    condition.comparisons.push_back(comparison_of(part));
  }
  return condition;
}

}  // namespace gogoscope
